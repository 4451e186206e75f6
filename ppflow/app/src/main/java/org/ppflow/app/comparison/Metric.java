package org.ppflow.app.comparison;

import java.util.Set;

/** What one knows of a metric by its name. */
public final class Metric {
    private static final Set<String> LOWER =
            Set.of("fid", "sfid", "kid", "fid_infinity", "classifier_fd", "classifier_kid", "classifier_fd_infinity");
    /** Before names of the protocol {@code exact} where {@code adm} ran too. */
    private static final String EXACT = "exact_";

    private static final Set<String> SHARES = Set.of("label_agreement");

    private Metric() {}

    /** Whether less is better. */
    public static boolean lowerIsBetter(String name) {
        return LOWER.contains(name.startsWith(EXACT) ? name.substring(EXACT.length()) : name);
    }

    /** Digits behind the point, as published tables have them. */
    static int digits(String name) {
        return name.contains("precision")
                        || name.contains("recall")
                        || SHARES.contains(name)
                        || name.contains("density")
                        || name.contains("coverage")
                ? 3
                : 2;
    }
}
