package org.ppflow.app.comparison;

import java.util.List;
import java.util.Set;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/** What one knows of a metric by its name. */
public final class Metric {
    private static final Set<String> LOWER =
            Set.of("fid", "sfid", "kid", "fid_infinity", "classifier_fd", "classifier_kid", "classifier_fd_infinity");
    /** Before names of the protocol {@code exact} where {@code adm} ran too. */
    private static final String EXACT = "exact_";

    private static final Set<String> SHARES = Set.of("label_agreement");

    /** All that evaluations here have, without what stands before them. */
    private static final List<String> KNOWN = List.of(
            "fid",
            "sfid",
            "inception_score",
            "inception_score_splits_mean",
            "precision",
            "recall",
            "density",
            "coverage",
            "kid",
            "fid_infinity",
            "classifier_fd",
            "classifier_score",
            "classifier_score_splits_mean",
            "classifier_precision",
            "classifier_recall",
            "classifier_density",
            "classifier_coverage",
            "classifier_kid",
            "classifier_fd_infinity",
            "label_agreement");

    private Metric() {}

    /**
     * Refuses what no evaluation has.
     *
     * @param where for the message
     * @param others names that are known besides, from records and published rows
     */
    public static void require(String name, String where, Set<String> others) {
        String plain = name.startsWith(EXACT) ? name.substring(EXACT.length()) : name;
        if (KNOWN.contains(plain) || others.contains(name)) {
            return;
        }
        BadInputException.Builder problem = BadInputException.at(where)
                .found("the unknown metric '" + name + "'")
                .expected("one of " + String.join(", ", KNOWN) + ", or one that a record has");
        Nearest.to(name, KNOWN).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
        throw problem.build();
    }

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
