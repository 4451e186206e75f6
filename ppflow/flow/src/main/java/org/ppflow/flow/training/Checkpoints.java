package org.ppflow.flow.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checkpoints of a run: folders named by step, each complete or not there, with the hash of every file in
 * {@code state.json}. The newest sound one is used; a damaged one is set aside under another name and reported.
 *
 * @param folder {@code checkpoints} of the run
 * @param description of the network, written into every file of weights
 * @param averages names of the averages of the weights, which name their files
 * @param keep how many of the newest stay, at least 2: a damaged newest one must have one before it
 * @param keepEvery checkpoints of multiples of so many steps stay as well; 0 for none
 */
public record Checkpoints(Path folder, ModelDescription description, List<String> averages, int keep, long keepEvery) {
    /** Weights as they are trained. */
    public static final String MODEL = "model.safetensors";

    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String STATE = "state.json";
    private static final String DAMAGED = ".damaged";
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Checkpoints {
        averages = List.copyOf(averages);
        if (averages.isEmpty()) {
            throw new IllegalArgumentException("averages: a checkpoint has at least one");
        }
        if (keep < 2) {
            throw new IllegalArgumentException("keep: " + keep + " must be at least 2");
        }
    }

    /**
     * Writes the checkpoint of a step and removes the oldest beyond {@link #keep}.
     *
     * @throws DivergedException if a weight is not finite; the checkpoints before it stay
     */
    public void save(TrainingGraph graph, long step, double seconds) throws IOException {
        Path target = path(step);
        AtomicFiles.deleteRecursively(target);
        AtomicFiles.writeFolder(target, unfinished -> {
            Map<String, String> hashes = new TreeMap<>();
            for (Map.Entry<String, VariableStore> part : parts(graph).entrySet()) {
                Path file = unfinished.resolve(part.getKey());
                Safetensors.write(
                        file,
                        ModelWeights.metadata(description),
                        finite(graph.session(), part.getValue(), step, part.getKey()));
                hashes.put(part.getKey(), Sha256.of(file));
            }
            AtomicFiles.writeText(
                    unfinished.resolve(STATE),
                    JSON.writeValueAsString(new TrainingState(step, seconds, hashes)) + "\n");
        });
        List<Path> all = list();
        for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
            if (keepEvery == 0 || step(old) % keepEvery != 0) {
                AtomicFiles.deleteRecursively(old);
            }
        }
    }

    /**
     * Loads the newest sound checkpoint into a graph.
     *
     * @return its state, or nothing where there is none
     */
    public Optional<TrainingState> restore(TrainingGraph graph) throws IOException {
        removeUnfinished();
        Optional<TrainingState> newest = newest();
        if (newest.isPresent()) {
            Path folderOfStep = path(newest.get().step());
            GraphSession session = graph.session();
            for (Map.Entry<String, VariableStore> part : parts(graph).entrySet()) {
                try (TensorFile file = Safetensors.open(folderOfStep.resolve(part.getKey()))) {
                    ModelWeights.load(session, part.getValue(), file);
                }
            }
        }
        return newest;
    }

    /** State of the newest sound checkpoint; damaged ones that are newer are set aside. */
    public Optional<TrainingState> newest() throws IOException {
        List<Path> all = new ArrayList<>(list());
        while (!all.isEmpty()) {
            Path candidate = all.remove(all.size() - 1);
            try {
                return Optional.of(check(candidate));
            } catch (BadInputException e) {
                Path aside = candidate.resolveSibling(candidate.getFileName() + DAMAGED);
                AtomicFiles.deleteRecursively(aside);
                Files.move(candidate, aside);
                LOG.warn(
                        "{}; set aside as {}, {}",
                        e.getMessage(),
                        aside.getFileName(),
                        all.isEmpty()
                                ? "and no other is left: training begins anew"
                                : "the checkpoint before it is used");
            }
        }
        return Optional.empty();
    }

    /** Whether there is one, sound or not. */
    public boolean any() throws IOException {
        return !list().isEmpty();
    }

    /** Name of the first moving average of the weights, the one to sample from: {@code ema-0.9999.safetensors}. */
    public String emaFile() {
        return WeightAverage.file(averages.get(0));
    }

    /** Folder of a step's checkpoint. */
    public Path path(long step) {
        return folder.resolve(String.format(Locale.ROOT, "%08d", step));
    }

    /** A step whose loss was finite can still have ruined the weights: such a checkpoint must not replace a sound one. */
    private static List<TensorSource> finite(GraphSession session, VariableStore store, long step, String file) {
        return store.variables().stream()
                .map(variable -> TensorSource.floats(variable.name(), TensorType.F32, variable.shape(), () -> {
                    FloatArray values = session.fetch(variable.value());
                    for (float value : values.values()) {
                        if (!Float.isFinite(value)) {
                            throw DivergedException.weight(step, file, variable.name());
                        }
                    }
                    return values;
                }))
                .toList();
    }

    private Map<String, VariableStore> parts(TrainingGraph graph) {
        Map<String, VariableStore> parts = new TreeMap<>();
        parts.put(MODEL, graph.model());
        for (int i = 0; i < averages.size(); i++) {
            parts.put(WeightAverage.file(averages.get(i)), graph.averages().get(i));
        }
        parts.put(OPTIMIZER, graph.optimizer().moments());
        return parts;
    }

    private TrainingState check(Path candidate) throws IOException {
        Path stateFile = candidate.resolve(STATE);
        @Nullable TrainingState state;
        try {
            state = JSON.readValue(Files.readString(stateFile), TrainingState.class);
        } catch (JacksonException | IOException | UncheckedIOException e) {
            throw damaged(stateFile, "a state that cannot be read", "the JSON of a checkpoint");
        }
        if (state == null) {
            throw damaged(stateFile, "null", "the JSON of a checkpoint");
        }
        if (state.step() != step(candidate)) {
            throw damaged(stateFile, "step " + state.step(), "step " + step(candidate) + ", as the folder is named");
        }
        for (Map.Entry<String, String> file : state.files().entrySet()) {
            Path path = candidate.resolve(file.getKey());
            String found = Files.exists(path) ? Sha256.of(path) : "no file";
            if (!found.equals(file.getValue())) {
                throw damaged(path, found, "SHA-256 " + file.getValue());
            }
        }
        List<String> needed = new ArrayList<>(List.of(MODEL, OPTIMIZER));
        averages.forEach(name -> needed.add(WeightAverage.file(name)));
        if (!state.files().keySet().containsAll(needed)) {
            throw damaged(stateFile, "files " + state.files().keySet(), needed + " among them");
        }
        return state;
    }

    private static BadInputException damaged(Path where, String found, String expected) {
        return BadInputException.at(where.toString())
                .found(found)
                .expected(expected)
                .build();
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparingLong(Checkpoints::step))
                    .toList();
        }
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString());
    }

    /** What a killed process left of a step that is not saved again, say because it was asked to stop there. */
    private void removeUnfinished() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().endsWith(AtomicFiles.UNFINISHED)) {
                    AtomicFiles.deleteRecursively(entry);
                }
            }
        }
    }
}
