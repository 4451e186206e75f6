package org.ppflow.app.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.Records;

/**
 * Samples that stand beside a row's record, for figures.
 *
 * @param row its name
 * @param record of the smallest seed that all rows have; of the row's own smallest where they have none in common
 * @param grid PNG, a class a row
 */
public record RowSamples(String row, ExperimentRecord record, Path grid) {
    /** The records of a row that have pictures. */
    private record Choice(String row, List<Records.Known> records) {
        Set<Long> seeds() {
            return records.stream().map(known -> known.record().seed()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * Of those rows of a block that have a record with pictures, in order.
     *
     * @throws org.ppflow.nn.errors.BadInputException if a config is wrong, or a record is not of the row that it would stand for
     */
    public static List<RowSamples> of(TableSpec spec, TableSpec.Kind kind, Path folder, Records records)
            throws IOException {
        List<Choice> choices = new ArrayList<>();
        DataAgreement data = new DataAgreement();
        for (TableSpec.Block block : spec.blocks()) {
            if (block.kind() != kind) {
                continue;
            }
            for (TableSpec.Row row : spec.rows()) {
                TableSpec.Run run = row.runs().get(block.name());
                if (run == null) {
                    continue;
                }
                List<Records.Known> found = RowRecords.of(run, folder, records).records();
                for (Records.Known known : found) {
                    data.require(known);
                }
                List<Records.Known> shown = found.stream()
                        .filter(known -> known.pictures().isPresent())
                        .toList();
                if (!shown.isEmpty()) {
                    choices.add(new Choice(row.name(), shown));
                }
            }
        }
        return chosen(choices);
    }

    private static List<RowSamples> chosen(List<Choice> choices) {
        Set<Long> common = choices.isEmpty() ? Set.of() : choices.get(0).seeds();
        choices.forEach(choice -> common.retainAll(choice.seeds()));
        List<RowSamples> samples = new ArrayList<>();
        for (Choice choice : choices) {
            Records.Known known = choice.records().stream()
                    .filter(one ->
                            common.isEmpty() || common.contains(one.record().seed()))
                    .min(Comparator.comparingLong(one -> one.record().seed()))
                    .orElseThrow();
            samples.add(new RowSamples(
                    choice.row(), known.record(), known.pictures().orElseThrow()));
        }
        return samples;
    }
}
