package org.ppflow.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.ContentHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps that other runs have done from the same inputs: experiments of a grid share data, classifier and often weights.
 *
 * @param root folder of all runs; runs lie in it or in folders of it
 * @param path of the run that takes
 */
record FinishedElsewhere(Path root, Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedElsewhere.class);

    /** Written once and replaced whole, so that a second name for the same bytes is safe. */
    private static final Set<String> NEVER_CHANGED = Set.of("safetensors", "arrow", "npz");

    /** Copies the outputs of such a step, if there is one whose files are what its record says. */
    Optional<StepRecord> take(String name, String inputs, List<String> outputs, List<String> companions)
            throws IOException {
        for (Path other : runs()) {
            if (other.equals(path)) {
                continue;
            }
            Optional<StepRecord> record =
                    RunFolder.readRecord(other.resolve("steps").resolve(name + ".json"));
            if (record.isEmpty()
                    || !record.get().inputs().equals(inputs)
                    || !record.get().outputs().keySet().equals(new HashSet<>(outputs))) {
                continue;
            }
            if (copied(other, record.get(), companions)) {
                LOG.info("step {} was done by {}", name, other);
                return Optional.of(record.get().by(CodeWatch.ofRecord(other, record.get())));
            }
        }
        return Optional.empty();
    }

    private List<Path> runs() throws IOException {
        List<Path> runs = new ArrayList<>();
        for (Path folder : folders(root)) {
            if (Files.isDirectory(folder.resolve("steps"))) {
                runs.add(folder);
            } else {
                folders(folder).stream()
                        .filter(inner -> Files.isDirectory(inner.resolve("steps")))
                        .forEach(runs::add);
            }
        }
        return runs;
    }

    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    private boolean copied(Path other, StepRecord record, List<String> companions) throws IOException {
        try {
            if (!mayTake(other, record, companions)) {
                return false;
            }
            // Companions first: outputs without them would look like work from other inputs.
            for (String companion : companions) {
                if (Files.isRegularFile(other.resolve(companion))) {
                    copy(other.resolve(companion), path.resolve(companion));
                }
            }
            for (Map.Entry<String, String> output : record.outputs().entrySet()) {
                copy(other.resolve(output.getKey()), path.resolve(output.getKey()));
                if (!ContentHash.of(path.resolve(output.getKey())).equals(output.getValue())) {
                    LOG.warn("{} is not what its record says; not taken", other.resolve(output.getKey()));
                    AtomicFiles.deleteRecursively(path.resolve(output.getKey()));
                    return false;
                }
            }
        } catch (java.nio.file.NoSuchFileException e) {
            return false; // removed meanwhile
        }
        return true;
    }

    /** Whether all of it is there, and here is nothing but what a copying that was killed may have left: else the step is under way here. */
    private boolean mayTake(Path other, StepRecord record, List<String> companions) throws IOException {
        for (String companion : companions) {
            if (Files.exists(path.resolve(companion))
                    && (!Files.isRegularFile(other.resolve(companion))
                            || Files.mismatch(path.resolve(companion), other.resolve(companion)) >= 0)) {
                return false;
            }
        }
        for (Map.Entry<String, String> output : record.outputs().entrySet()) {
            Path here = path.resolve(output.getKey());
            if (!Files.exists(other.resolve(output.getKey()))
                    || (Files.exists(here) && !ContentHash.of(here).equals(output.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /** To a temporary name beside the target, then renamed; what is here already is the same. */
    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            return;
        }
        Files.createDirectories(to.toAbsolutePath().getParent());
        Path unfinished = to.resolveSibling(to.getFileName() + AtomicFiles.UNFINISHED);
        AtomicFiles.deleteRecursively(unfinished);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path target = Files.isDirectory(from)
                    ? unfinished.resolve(from.relativize(file).toString())
                    : unfinished;
            Files.createDirectories(target.toAbsolutePath().getParent());
            linkOrCopy(file, target);
        }
        Files.move(unfinished, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        String name = from.getFileName().toString();
        if (NEVER_CHANGED.contains(name.substring(name.lastIndexOf('.') + 1))) {
            try {
                Files.createLink(to, from);
                return;
            } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
                LOG.debug("{} is copied: {}", from, e.getMessage());
            }
        }
        Files.copy(from, to);
    }
}
