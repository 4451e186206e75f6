package org.ppflow.app.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.Records;

/**
 * Samples that stand beside a row's record, for figures.
 *
 * @param row its name
 * @param record of its first seed
 * @param grid PNG, a class a row
 */
public record RowSamples(String row, ExperimentRecord record, Path grid) {
    /** Of those rows of a block that have a record with pictures, in order. */
    public static List<RowSamples> of(TableSpec spec, TableSpec.Kind kind, Path folder, Records records)
            throws IOException {
        List<RowSamples> found = new ArrayList<>();
        for (TableSpec.Block block : spec.blocks()) {
            if (block.kind() != kind) {
                continue;
            }
            for (TableSpec.Row row : spec.rows()) {
                TableSpec.Run run = row.runs().get(block.name());
                if (run == null) {
                    continue;
                }
                for (Records.Known known : RowRecords.of(run, folder, records).records()) {
                    if (known.pictures().isPresent()) {
                        found.add(new RowSamples(
                                row.name(), known.record(), known.pictures().get()));
                        break;
                    }
                }
            }
        }
        return found;
    }
}
