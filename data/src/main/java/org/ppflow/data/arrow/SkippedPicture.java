package org.ppflow.data.arrow;

import java.util.Objects;

/**
 * A picture of the source that has no row.
 *
 * @param source its name inside the source
 * @param error why it was left out
 */
public record SkippedPicture(String source, String error) {
    public SkippedPicture {
        Objects.requireNonNull(source);
        Objects.requireNonNull(error);
    }

    @Override
    public String toString() {
        return error;
    }
}
