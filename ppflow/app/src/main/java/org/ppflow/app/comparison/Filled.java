package org.ppflow.app.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table with its numbers. The same records give the same one.
 *
 * @param title of the table
 * @param source of the published numbers; empty for none
 * @param blocks in order
 * @param claims sentences, each with what was measured
 * @param footnotes in the order of their letters
 * @param notes on the whole
 */
public record Filled(
        String title,
        String source,
        List<Block> blocks,
        List<String> claims,
        List<String> footnotes,
        List<String> notes) {
    /** What a cell that nothing was measured for says. */
    public static final String NOT_RUN = "not run";

    /** Where a line's numbers come from. */
    public enum Origin {
        /** Published. */
        PAPER("paper"),
        /** Made here, at the published size. */
        OURS("ours"),
        /** Made here, scaled down. */
        SCALED("ours, scaled down");

        private final String text;

        Origin(String text) {
            this.text = text;
        }

        /** As tables have it. */
        public String text() {
            return text;
        }
    }

    /**
     * Columns that belong together.
     *
     * @param name of the block
     * @param columns their names for machines
     * @param headings their names for people
     * @param lines in order of rows, published ones first
     */
    public record Block(String name, List<String> columns, List<String> headings, List<Line> lines) {
        public Block {
            columns = List.copyOf(columns);
            headings = List.copyOf(headings);
            lines = List.copyOf(lines);
            for (Line line : lines) {
                if (line.cells().size() != headings.size()) {
                    throw new IllegalArgumentException(
                            line.row() + " has " + line.cells().size() + " cells for " + headings.size() + " columns");
                }
            }
        }
    }

    /**
     * Numbers of one row from one origin.
     *
     * @param row its name
     * @param origin of the numbers
     * @param cells a column each
     * @param records files that they come from, each with the commit of the code that made it
     */
    public record Line(String row, Origin origin, List<Cell> cells, Map<String, String> records) {
        public Line {
            cells = List.copyOf(cells);
            records = java.util.Collections.unmodifiableMap(new TreeMap<>(records));
        }
    }

    /**
     * One number, or why there is none.
     *
     * @param value mean over seeds, in full; null where there is none
     * @param spread standard deviation over seeds, of a sample; null for one seed
     * @param seeds that the mean is of; 0 for published and counted numbers
     * @param digits behind the point
     * @param missing what stands here without a value
     * @param footnote letter; empty for none
     */
    public record Cell(
            @Nullable Double value, @Nullable Double spread, int seeds, int digits, String missing, String footnote) {
        /** A number that is exact or published. */
        static Cell of(double value, int digits) {
            return new Cell(value, null, 0, digits, "", "");
        }

        /** No number. */
        static Cell missing(String why) {
            return new Cell(null, null, 0, 0, why, "");
        }

        /** The same with a remark. */
        Cell withFootnote(String letter) {
            return new Cell(value, spread, seeds, digits, missing, letter);
        }

        /** Without the footnote's letter: {@code 27.04}, {@code 27.04 ± 1.20 (3)}. */
        public String text() {
            if (value == null) {
                return missing;
            }
            String text = String.format(Locale.ROOT, "%." + digits + "f", value);
            return spread == null
                    ? text
                    : text + String.format(Locale.ROOT, " ± %." + digits + "f (%d)", spread, seeds);
        }
    }

    public Filled {
        blocks = List.copyOf(blocks);
        claims = List.copyOf(claims);
        footnotes = List.copyOf(footnotes);
        notes = List.copyOf(notes);
    }
}
