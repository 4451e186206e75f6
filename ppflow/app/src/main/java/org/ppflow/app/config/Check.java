package org.ppflow.app.config;

/**
 * Range checks of the config records. Every message is {@code key: value must …}, the form in which {@link ConfigReader} finds
 * the key and so its line.
 */
final class Check {
    private Check() {}

    static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(key + ": " + value + " must be at least " + least);
        }
    }

    static void within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + ": " + value + " must be from " + least + " to " + most);
        }
    }

    /** In (0, infinity). */
    static void positive(String key, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(key + ": " + value + " must be above 0");
        }
    }

    /** In [0, infinity). */
    static void notNegative(String key, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(key + ": " + value + " must be 0 or above");
        }
    }

    /** In [0, 1). */
    static void fraction(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(key + ": " + value + " must be in [0, 1)");
        }
    }

    /** In [0, 1]. */
    static void share(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(key + ": " + value + " must be in [0, 1]");
        }
    }

    static void that(boolean holds, String key, String message) {
        if (!holds) {
            throw new IllegalArgumentException(key + ": " + message);
        }
    }
}
