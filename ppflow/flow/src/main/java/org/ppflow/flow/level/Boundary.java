package org.ppflow.flow.level;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which level a time on the boundary between two belongs to. */
public enum Boundary {
    /** The later one: levels are [start, end), the last one also holds t = 1 (paper, section 3). */
    HALF_OPEN,
    /** The earlier one: levels are (start, end], the first one also holds t = 0, as in the published code. */
    AUTHORS;

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
