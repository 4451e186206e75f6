package org.ppflow.app.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ppflow.app.table.Table;

/**
 * What a page shows of a run.
 *
 * @param name of the run
 * @param folder of it
 * @param state how far it came, a sentence
 * @param commands how it was made, and how to make it again
 * @param changes keys of its config that are not as defaults say
 * @param config in full, YAML
 * @param table of results
 * @param terms what the rows of the table mean
 * @param models in the order of the table's columns
 * @param real grid of real pictures, PNG
 * @param provenance where and by what it was made, by name
 * @param warnings of the evaluations
 */
public record RunReport(
        String name,
        String folder,
        String state,
        List<Command> commands,
        List<Change> changes,
        String config,
        Part<Table> table,
        List<Term> terms,
        List<ModelReport> models,
        Part<byte[]> real,
        Map<String, String> provenance,
        List<String> warnings) {
    /**
     * A command to copy.
     *
     * @param purpose what it does, as a label
     * @param line to type
     */
    public record Command(String purpose, String line) {}

    /**
     * A key of the config.
     *
     * @param path {@code training.images}
     * @param value of the run
     * @param usual the default
     */
    public record Change(String path, String value, String usual) {}

    /**
     * An explanation.
     *
     * @param name as in the table
     * @param meaning in plain words
     */
    public record Term(String name, String meaning) {}

    public RunReport {
        commands = List.copyOf(commands);
        changes = List.copyOf(changes);
        terms = List.copyOf(terms);
        models = List.copyOf(models);
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        warnings = List.copyOf(warnings);
    }

    /** The same under another name. */
    public RunReport named(String other) {
        return new RunReport(
                other, folder, state, commands, changes, config, table, terms, models, real, provenance, warnings);
    }

    /** The same with other pictures. */
    public RunReport with(List<ModelReport> otherModels, Part<byte[]> otherReal) {
        return new RunReport(
                name,
                folder,
                state,
                commands,
                changes,
                config,
                table,
                terms,
                otherModels,
                otherReal,
                provenance,
                warnings);
    }
}
