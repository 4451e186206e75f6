package org.ppflow.app.comparison;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.record.Records;

/**
 * A metric over seeds.
 *
 * @param mean of all
 * @param spread standard deviation of a sample; null for one seed
 * @param seeds number of them
 */
record SeedMean(double mean, @Nullable Double spread, int seeds) {
    /** Of those records that have the metric; empty where none has. */
    static Optional<SeedMean> of(List<Records.Known> records, String metric) {
        List<Double> values = records.stream()
                .map(known -> known.record().metrics().get(metric))
                .filter(java.util.Objects::nonNull)
                .toList();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
        if (values.size() == 1) {
            return Optional.of(new SeedMean(mean, null, 1));
        }
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return Optional.of(new SeedMean(mean, Math.sqrt(squares / (values.size() - 1)), values.size()));
    }

    Filled.Cell cell(int digits) {
        return new Filled.Cell(mean, spread, seeds, digits, "", "");
    }
}
