package org.ppflow.data.verify;

import java.util.List;
import org.ppflow.data.arrow.Manifest;

/**
 * What {@link DatasetVerifier} found.
 *
 * @param manifest of the data set
 * @param problems what is wrong, each with its file or row; empty for a sound data set
 * @param duplicates groups of pictures with the same bytes; not wrong, photographs do come twice
 * @param classCounts rows of each class
 */
public record VerifyReport(
        Manifest manifest, List<String> problems, List<List<String>> duplicates, List<Long> classCounts) {
    public VerifyReport {
        problems = List.copyOf(problems);
        duplicates = duplicates.stream().map(List::copyOf).toList();
        classCounts = List.copyOf(classCounts);
    }

    /** Whether nothing is wrong. */
    public boolean sound() {
        return problems.isEmpty();
    }

    /** Pictures beyond the first of each group of duplicates. */
    public long duplicateRows() {
        return duplicates.stream().mapToLong(group -> group.size() - 1L).sum();
    }
}
