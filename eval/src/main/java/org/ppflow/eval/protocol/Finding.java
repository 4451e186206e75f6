package org.ppflow.eval.protocol;

import java.util.List;

/**
 * Something about the input or a number that a reader of the metrics should know.
 *
 * @param check what was looked at, in snake case: {@code duplicates}, {@code singular_covariance}
 * @param message what was found and what it means
 */
public record Finding(String check, String message) {
    /** The same findings, about one set. */
    static List<Finding> prefixed(String set, List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Finding(finding.check(), set + ": " + finding.message()))
                .toList();
    }
}
