package org.ppflow.flow.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;

/**
 * The power-function averages of some steps, which stay when their checkpoints go: {@code STEP/profile-WIDTH.safetensors}.
 *
 * @param folder {@code profiles} of a model
 */
public record ProfileSnapshots(Path folder) {
    /**
     * A file of weights and what it is a snapshot of.
     *
     * @param file safetensors
     * @param snapshot step and profile
     */
    public record Kept(Path file, ProfileMix.Snapshot snapshot) {}

    /** Copies the profiled ones of a checkpoint's averages; nothing where there are none, or they are there. */
    void keep(Path checkpoint, List<WeightAverage> averages) throws IOException {
        Path target = folder.resolve(checkpoint.getFileName());
        List<String> files = averages.stream()
                .filter(average -> average.profiled().isPresent())
                .map(WeightAverage::file)
                .toList();
        if (files.isEmpty() || Files.exists(target)) {
            return;
        }
        AtomicFiles.writeFolder(target, unfinished -> {
            for (String file : files) {
                Files.copy(checkpoint.resolve(file), unfinished.resolve(file));
            }
        });
    }

    /**
     * All of them, by step.
     *
     * @throws BadInputException if there are none
     */
    public List<Kept> all() throws IOException {
        List<Kept> found = new ArrayList<>();
        for (Path step : list(folder)) {
            if (!String.valueOf(step.getFileName()).matches("\\d+")) {
                continue;
            }
            for (Path file : list(step)) {
                Optional<PowerProfile> profile = WeightAverage.profileOf(String.valueOf(file.getFileName()));
                if (profile.isPresent()) {
                    double at = Double.parseDouble(String.valueOf(step.getFileName()));
                    found.add(new Kept(file, new ProfileMix.Snapshot(at, profile.get())));
                }
            }
        }
        if (found.isEmpty()) {
            throw BadInputException.at(folder.toString())
                    .found("no snapshots STEP/profile-WIDTH.safetensors")
                    .expected("the folder profiles of a model that was trained with training.ema.profiles")
                    .build();
        }
        return found;
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
