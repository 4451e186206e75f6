package org.ppflow.app.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.app.table.Table;

/**
 * What a report shows.
 *
 * @param title of the page
 * @param command that makes it again
 * @param table of results
 * @param terms what the rows of the table mean
 * @param models in the order of the table's columns
 * @param reference grid of real pictures, PNG; empty where there are none
 * @param config in full, YAML
 * @param provenance where and by what it was made, by name
 * @param warnings of the evaluations
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReportModel(
        String title,
        String command,
        Table table,
        List<Term> terms,
        List<Model> models,
        Optional<byte[]> reference,
        String config,
        Map<String, String> provenance,
        List<String> warnings) {
    /**
     * An explanation.
     *
     * @param name as in the table
     * @param meaning in plain words
     */
    public record Term(String name, String meaning) {}

    /**
     * One model.
     *
     * @param name of it
     * @param levels of its schedule
     * @param losses by images seen
     * @param samples grid, a class a row, PNG
     */
    public record Model(String name, List<Level> levels, List<Loss> losses, byte[] samples) {}

    /**
     * One level.
     *
     * @param patch {@code 4x4}
     * @param start first time
     * @param end last time
     * @param tokens of a latent
     * @param share of the finest level's cost, in (0, 1]
     */
    public record Level(String patch, double start, double end, int tokens, double share) {}

    /**
     * A point of a curve.
     *
     * @param images seen
     * @param loss of the batch
     */
    public record Loss(double images, double loss) {}
}
