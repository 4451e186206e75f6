package org.ppflow.app.config;

import java.util.List;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.extension.Extensions;

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

    /** One of some names, which may be an extension's. */
    static void known(String key, String name, List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(key + ": found '" + name + "'; expected one of "
                    + String.join(", ", names)
                    + Nearest.to(name, names)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("; one of your own must be in " + Extensions.VARIABLE));
        }
    }

    static void that(boolean holds, String key, String message) {
        if (!holds) {
            throw new IllegalArgumentException(key + ": " + message);
        }
    }
}
