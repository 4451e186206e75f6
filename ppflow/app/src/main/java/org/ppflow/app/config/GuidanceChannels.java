package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Which latent channels guidance changes, written {@code all} or a number n for the first n (the authors' code: 3).
 *
 * @param first number of channels, 0 for all of them
 */
public record GuidanceChannels(int first) {
    private static final String ALL_WORD = "all";

    /** Every channel. */
    public static final GuidanceChannels ALL = new GuidanceChannels(0);

    public GuidanceChannels {
        Check.atLeast("guidance_channels", first, 0);
    }

    /** Reads {@code all} or a number of 1 or more. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static GuidanceChannels of(Object written) {
        if (written.equals(ALL_WORD)) {
            return ALL;
        }
        if (written instanceof Integer count && count >= 1) {
            return new GuidanceChannels(count);
        }
        throw new IllegalArgumentException("guidance_channels: '" + written + "' must be all or a number of channels");
    }

    /** As {@link #of} reads it. */
    @JsonValue
    public Object written() {
        return first == 0 ? ALL_WORD : (Object) first;
    }

    /** How many of a latent's channels are guided. */
    public int count(int channels) {
        return first == 0 ? channels : Math.min(first, channels);
    }
}
