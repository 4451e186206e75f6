package org.ppflow.notebook.kernel;

import java.util.List;

/**
 * A cell's text and where its snippets stand in it.
 *
 * @param number that the notebook shows in brackets
 * @param text of the cell
 */
record CellSource(int number, String text) {
    /**
     * A place in a cell.
     *
     * @param number of the cell
     * @param line from 1
     * @param column from 1
     * @param text of the line
     */
    record Place(int number, int line, int column, String text) {
        /** {@code cell [3], line 2}. */
        @Override
        public String toString() {
            return "cell [" + number + "], line " + line;
        }
    }

    /** The place of a character. */
    Place at(int offset) {
        int end = Math.max(0, Math.min(offset, text.length()));
        String before = text.substring(0, end);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(number, line, end - (before.lastIndexOf('\n') + 1) + 1, line(line));
    }

    /**
     * The place of a line of a snippet.
     *
     * @param offset where the snippet begins
     * @param line from 1, counted from there
     */
    Place lineAt(int offset, int line) {
        int inCell = at(offset).line() + line - 1;
        return new Place(number, inCell, 1, line(inCell));
    }

    private String line(int line) {
        List<String> lines = text.lines().toList();
        return line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
    }
}
