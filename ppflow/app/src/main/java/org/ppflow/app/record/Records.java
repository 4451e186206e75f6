package org.ppflow.app.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
     * Reads all records of folders; folders that are not there have none, and one that is named twice is read once.
     *
     * @throws BadInputException if one is not as it was written
     */
    public static Records read(List<Path> folders) throws IOException {
        return read(folders, "");
    }

    /**
     * Reads those of a folder that bear an experiment's name: what else lies there, damaged or not, is none of its business.
     *
     * @throws BadInputException if one is not as it was written
     */
    public static Records of(String experiment, Path folder) throws IOException {
        return read(List.of(folder), experiment + ".");
    }

    private static Records read(List<Path> folders, String prefix) throws IOException {
        List<Known> known = new ArrayList<>();
        Set<Path> read = new HashSet<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder) || !read.add(folder.toRealPath())) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> {
                            String name = path.getFileName().toString();
                            return name.startsWith(prefix) && name.endsWith(RecordFile.SUFFIX);
                        })
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
     * @throws BadInputException if the record of that name is of another config, or there are two
     */
    public Optional<Known> find(
            String experiment, String row, Map<String, String> point, String schedule, String identity) {
        @Nullable Known found = null;
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
            if (found != null) {
                // A mean would count one experiment as two seeds.
                throw BadInputException.at(one.file().toString())
                        .found("a second record of " + record.title() + ", " + schedule)
                        .expected("one of each experiment; the other is " + found.file())
                        .advice("remove one of them, or name other folders of records")
                        .build();
            }
            found = one;
        }
        return Optional.ofNullable(found);
    }
}
