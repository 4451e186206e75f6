package org.ppflow.app.figure;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples beside each other: a model a row, the same noise in each column.
 *
 * @param rows at least one, all with the same number of pictures
 * @param columns headings, one a picture, or none at all
 * @param height of a picture, pixels
 * @param width of a picture, pixels
 * @param channels 1 (grey) or 3 (RGB)
 */
public record SampleGrid(List<Row> rows, List<String> columns, int height, int width, int channels) {
    private static final double MOST_CELL = 72;
    private static final double MOST_LABEL = 80;
    private static final double CELL_GAP = 2;
    private static final double LABEL_GAP = 6;
    private static final double CAPITALS = Canvas.TEXT * Typeface.CAPITALS;

    /**
     * Samples of a model.
     *
     * @param label of it
     * @param pictures 0 to 255, channels last (NHWC)
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Row(String label, byte[] pictures) {}

    public SampleGrid {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows: a grid of samples has at least one");
        }
        long size = (long) height * width * channels;
        int first = rows.get(0).pictures().length;
        for (Row row : rows) {
            if (size < 1 || row.pictures().length == 0 || row.pictures().length % size != 0) {
                throw new IllegalArgumentException("row '" + row.label() + "': " + row.pictures().length
                        + " bytes are no pictures of " + height + "x" + width + "x" + channels);
            }
            if (row.pictures().length != first) {
                throw new IllegalArgumentException("row '" + row.label() + "': " + row.pictures().length / size
                        + " pictures, where the first row has " + first / size);
            }
        }
        if (!columns.isEmpty() && columns.size() != first / size) {
            throw new IllegalArgumentException(
                    "columns: " + columns.size() + " headings for " + first / size + " pictures");
        }
    }

    /** Pictures in a row. */
    public int count() {
        return rows.get(0).pictures().length / (height * width * channels);
    }

    /** A picture. */
    public Pixels picture(int row, int column) {
        int size = height * width * channels;
        byte[] values = new byte[size];
        System.arraycopy(rows.get(row).pictures(), column * size, values, 0, size);
        return new Pixels(values, height, width, channels);
    }

    /**
     * The figure.
     *
     * @param title for those who cannot see it
     * @param page width in points, {@link Canvas#COLUMN} or {@link Canvas#PAGE}
     */
    public Figure figure(String title, double page) {
        List<List<String>> labels = rows.stream().map(row -> lines(row.label())).toList();
        double left = labels.stream()
                .flatMap(List::stream)
                .mapToDouble(line -> Typeface.REGULAR.width(line, Canvas.TEXT))
                .max()
                .orElse(-LABEL_GAP);
        left += LABEL_GAP;
        double cell = Math.min(MOST_CELL, (page - left - (count() - 1) * CELL_GAP) / count());
        if (cell < CAPITALS) {
            throw new IllegalArgumentException("columns: " + count() + " pictures do not fit beside each other on "
                    + page + " points, labels included");
        }
        double tall = cell * height / width;
        Canvas canvas = new Canvas(left + count() * (cell + CELL_GAP) - CELL_GAP);
        double y = 0;
        if (!columns.isEmpty()) {
            for (int column = 0; column < count(); column++) {
                double middle = left + column * (cell + CELL_GAP) + cell / 2;
                canvas.text(columns.get(column), new Point(middle, CAPITALS), Mark.Anchor.MIDDLE);
            }
            y = Canvas.LINE_HEIGHT;
        }
        for (int row = 0; row < rows.size(); row++) {
            // A label of many lines may be higher than its pictures.
            double lowest = Math.max(tall, labels.get(row).size() * Canvas.LINE_HEIGHT);
            double base =
                    y + (tall - (labels.get(row).size() - 1) * Canvas.LINE_HEIGHT + CAPITALS) / 2 + (lowest - tall) / 2;
            for (String line : labels.get(row)) {
                canvas.text(line, new Point(left - LABEL_GAP, base), Mark.Anchor.END);
                base += Canvas.LINE_HEIGHT;
            }
            for (int column = 0; column < count(); column++) {
                canvas.add(new Mark.Picture(
                        new Region(left + column * (cell + CELL_GAP), y + (lowest - tall) / 2, cell, tall),
                        picture(row, column)));
            }
            y += lowest + CELL_GAP;
        }
        return new Figure(title, canvas.drawing(y - CELL_GAP));
    }

    /** A label in lines that are not too long, cut between words. */
    private static List<String> lines(String label) {
        List<String> lines = new ArrayList<>();
        for (String word : Splitter.on(' ').omitEmptyStrings().trimResults().split(label)) {
            String longer = lines.isEmpty() ? word : lines.get(lines.size() - 1) + " " + word;
            if (!lines.isEmpty() && Typeface.REGULAR.width(longer, Canvas.TEXT) <= MOST_LABEL) {
                lines.set(lines.size() - 1, longer);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }
}
