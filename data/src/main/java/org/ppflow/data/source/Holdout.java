package org.ppflow.data.source;

/**
 * Keeps rows out of training: those whose index in the source leaves {@code index} when divided by {@code every}. Spread over
 * the whole source, because files are often ordered by origin.
 *
 * @param every at least 2
 * @param index in [0, every)
 */
public record Holdout(int every, int index) {
    public Holdout {
        if (every < 2) {
            throw new IllegalArgumentException("every " + every + " must be at least 2");
        }
        if (index < 0 || index >= every) {
            throw new IllegalArgumentException("index " + index + " must be in [0, " + every + ")");
        }
    }

    /** Whether a row of the source belongs to a part. */
    public boolean contains(Part part, long row) {
        boolean reference = row % every == index;
        return switch (part) {
            case ALL -> true;
            case TRAIN -> !reference;
            case REFERENCE -> reference;
        };
    }

    /** Rows of a part in a source of {@code size} rows. */
    public long count(Part part, long size) {
        long reference = size / every + (size % every > index ? 1 : 0);
        return switch (part) {
            case ALL -> size;
            case TRAIN -> size - reference;
            case REFERENCE -> reference;
        };
    }

    /** Row in the source of the part's row {@code position}, counted from 0. */
    public long sourceRow(Part part, long position) {
        return switch (part) {
            case ALL -> position;
            case REFERENCE -> position * every + index;
            case TRAIN -> {
                long inside = position % (every - 1);
                yield position / (every - 1) * every + (inside < index ? inside : inside + 1);
            }
        };
    }
}
