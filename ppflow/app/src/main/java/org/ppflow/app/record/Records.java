package org.ppflow.app.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records of some folders. All are read and checked at once; a record takes about 10 KB.
 *
 * @param known sorted by the name of their files
 */
public record Records(List<Known> known) {
    /**
     * A record and its file.
     *
     * @param file where it lies
     * @param record its content
     * @param identity of its config by the present code: keys that are newer than the record have their defaults
     */
    public record Known(Path file, ExperimentRecord record, String identity) {
        /** The grid of samples, if it lies beside the record. */
        public Optional<Path> pictures() {
            ExperimentRecord.Pictures pictures = record.pictures();
            return Optional.ofNullable(pictures)
                    .map(there -> file.resolveSibling(there.file()))
                    .filter(Files::isRegularFile);
        }
    }

    public Records {
        known = List.copyOf(known);
    }

    /**
     * Reads all records of folders; folders that are not there have none.
     *
     * @throws BadInputException if one is not as it was written
     */
    public static Records read(List<Path> folders) throws IOException {
        List<Known> known = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().endsWith(RecordFile.SUFFIX))
                        .toList()) {
                    ExperimentRecord record = RecordFile.read(file);
                    known.add(new Known(file, record, identity(file, record)));
                }
            }
        }
        known.sort(Comparator.comparing(one -> one.file().getFileName().toString()));
        return new Records(known);
    }

    private static String identity(Path file, ExperimentRecord record) {
        JsonNode start = record.start();
        return ConfigIdentity.of(
                config(file, record.config()),
                start == null || start.isNull() ? Optional.empty() : Optional.of(config(file, start)));
    }

    private static ExperimentConfig config(Path file, JsonNode tree) {
        return ConfigReader.fromTree(file + ": config", ((ObjectNode) tree).deepCopy());
    }

    /**
     * The record of an experiment.
     *
     * @param experiment name of its config or grid, as are the next two
     * @param schedule of the model
     * @param identity that its config must have
     * @throws BadInputException if the record of that name is of another config
     */
    public Optional<Known> find(
            String experiment, String row, java.util.Map<String, String> point, String schedule, String identity) {
        for (Known one : known) {
            ExperimentRecord record = one.record();
            if (!record.experiment().equals(experiment)
                    || !record.row().equals(row)
                    || !record.point().equals(point)
                    || !record.schedule().equals(schedule)) {
                continue;
            }
            if (!one.identity().equals(identity)) {
                throw BadInputException.at(one.file().toString())
                        .found("a record of config " + one.identity().substring(0, 12) + "…")
                        .expected(identity.substring(0, 12) + "…, that of " + record.title() + " as it is now")
                        .advice("run the experiment again, or remove the record")
                        .build();
            }
            return Optional.of(one);
        }
        return Optional.empty();
    }
}
