package org.ppflow.app.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.console.Program;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.ContentHash;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.CodeDifference;
import org.ppflow.nn.provenance.Provenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code runs/NAME}: one experiment, locked for one process as long as this is open. The same command run again goes on where
 * it was: a step whose inputs and outputs are unchanged is skipped.
 */
public final class RunFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    /** Where a run keeps the config that it was started with. */
    static final String CONFIG = "config.yaml";

    private static final String STEPS = "steps";

    /** Folder of the models, each with its {@link #CHECKPOINTS}. */
    public static final String MODELS = "models";

    /** Folder of a model's checkpoints. */
    public static final String CHECKPOINTS = "checkpoints";

    /** Where a run keeps what it was started with. */
    public static final String PROVENANCE = "provenance.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Where finished steps may be taken from. */
    private final Path root;

    private final boolean shares;
    private final Path path;
    private final RunLock lock;
    private final RunLog log;
    private final CodeWatch codes;
    private boolean worked;

    private RunFolder(Path root, boolean shares, Path path, RunLock lock, RunLog log) {
        this.root = root;
        this.shares = shares;
        this.path = path;
        this.lock = lock;
        this.log = log;
        this.codes = new CodeWatch(path, afresh());
    }

    /** The work of a step. */
    @FunctionalInterface
    public interface StepWork {
        /** Leaves the step's outputs; it may find the remains of an attempt that was killed. */
        void run() throws IOException;
    }

    /**
     * Opens {@code runs/NAME}, made on first use.
     *
     * @throws BadInputException if another process has it, or it holds an experiment with another config
     */
    public static RunFolder open(Path runs, ExperimentConfig config) throws IOException {
        return open(runs, runs, config);
    }

    /** As the one below, where a run is what goes on. */
    public static RunFolder open(Path root, Path runs, ExperimentConfig config) throws IOException {
        return open(root, runs, config, file -> Program.line("run", file.toString()));
    }

    /**
     * Opens {@code runs/NAME}, made on first use.
     *
     * @param root folder of all runs, where a run of a grid looks for steps that are done already
     * @param runs folder of this one: below it for a run of a grid; the same for a run alone, which does all itself, so that two of them can be compared
     * @param goesOn the command that goes on with what the folder holds, for the config that it keeps
     * @throws BadInputException if another process has it, or it holds an experiment with another config
     */
    public static RunFolder open(Path root, Path runs, ExperimentConfig config, Function<Path, String> goesOn)
            throws IOException {
        Path path = runs.resolve(config.name());
        Files.createDirectories(path);
        RunLock lock = RunLock.take(path, "running this experiment", "give this one another name with --set name=NAME");
        try {
            keepConfig(path, config, goesOn);
            return new RunFolder(root, !runs.equals(root), path, lock, new RunLog(path.resolve("log.txt")));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void keepConfig(Path path, ExperimentConfig config, Function<Path, String> goesOn)
            throws IOException {
        Path file = path.resolve(CONFIG);
        if (!Files.exists(file)) {
            AtomicFiles.writeText(file, ConfigReader.toYaml(config));
            return;
        }
        ExperimentConfig before = ConfigReader.read(file, List.of());
        List<String> differences = ConfigDifference.between(before, config);
        if (!differences.isEmpty() && !hasWork(path)) {
            // Nothing has been done under the old config, say because its source was mistyped.
            AtomicFiles.writeText(file, ConfigReader.toYaml(config));
        } else if (!differences.isEmpty()) {
            throw BadInputException.at(file.toString())
                    .found("this folder holds an experiment with another config (" + String.join("; ", differences)
                            + ")")
                    .advice("to go on with the experiment in the folder, take the config that it keeps: "
                            + goesOn.apply(file)
                            + "; for a new one, give it another name with --set name=NAME, or remove the folder "
                            + path)
                    .build();
        } else if (!before.report().equals(config.report())) {
            AtomicFiles.writeText(file, ConfigReader.toYaml(config));
        }
    }

    /** Whether a step was finished, or a training has come to a checkpoint: its step has no record before it ends. */
    private static boolean hasWork(Path path) throws IOException {
        if (!isEmpty(path.resolve(STEPS))) {
            return true;
        }
        Path models = path.resolve(MODELS);
        if (!Files.isDirectory(models)) {
            return false;
        }
        try (Stream<Path> all = Files.list(models)) {
            for (Path model : all.toList()) {
                if (!isEmpty(model.resolve(CHECKPOINTS))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** A path in it. */
    public Path resolve(String relative) {
        return path.resolve(relative);
    }

    /**
     * Writes {@code provenance.json}, unless the run was started before: then the new one goes into the log. Steps are done by its code from now on.
     *
     * @param cautions as of {@link #workBy}
     */
    public void keepProvenance(Provenance provenance, Consumer<String> cautions) throws IOException {
        workBy(provenance.code(), cautions);
        Path file = path.resolve(PROVENANCE);
        if (Files.exists(file)) {
            LOG.info("goes on with {}", provenance);
        } else {
            provenance.writeTo(file);
            LOG.info("starts with {}", provenance);
        }
    }

    /** What a run, which need not be open, was started with; empty where that is gone or damaged, which costs its readers the commit and no more. */
    public static Optional<Provenance> provenance(Path run) throws IOException {
        Path file = run.resolve(PROVENANCE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Provenance.fromJson(Files.readString(file)));
        } catch (JacksonException | CharacterCodingException | NullPointerException e) { // damaged since it was written
            return Optional.empty();
        }
    }

    /**
     * Says which code does steps from now on: their records keep it.
     *
     * @param cautions takes what a person should know of steps that other code has begun
     */
    public void workBy(Code code, Consumer<String> cautions) {
        codes.workBy(code, cautions);
    }

    /** Opens a file of figures, {@code metrics.jsonl} or one of a sub-folder, at the step that training goes on from. */
    public MetricsLog metrics(String relative, long step) throws IOException {
        Path file = path.resolve(relative);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(path));
        return MetricsLog.openAt(file, step);
    }

    /**
     * Does a step, unless it was done with the same inputs and its outputs are still what it left.
     *
     * @param name of letters, digits, '.', '_', '-'
     * @param inputsHash of everything that the outputs follow from
     * @param files that the work leaves, or goes on from
     * @param work what makes them; it may find the remains of an attempt that was killed
     * @return the record, whose {@code seconds} are those of the attempt that finished it
     */
    public StepRecord step(String name, String inputsHash, StepFiles files, StepWork work) throws IOException {
        Optional<StepRecord> done = finished(name, inputsHash, files.outputs());
        if (done.isPresent()) {
            LOG.info("step {} is done already", name);
            codes.skip(done.get());
            return done.get();
        }
        LOG.info("step {} starts", name);
        worked = true;
        // Before its record goes: killed between, nothing would be known of the code that worked on what is there.
        List<Code> working = codes.begin(name, inputsHash, files, record(name));
        Files.deleteIfExists(recordFile(name));
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, String> hashes = new TreeMap<>();
        for (String output : files.outputs()) {
            if (!Files.exists(path.resolve(output))) {
                throw new IllegalStateException("step " + name + " did not leave " + path.resolve(output));
            }
            hashes.put(output, ContentHash.of(path.resolve(output)));
        }
        StepRecord record = new StepRecord(name, inputsHash, hashes, seconds, Instant.now(), working);
        keep(record);
        codes.end(name);
        LOG.info("step {} took {} s", name, String.format(java.util.Locale.ROOT, "%.1f", seconds));
        return record;
    }

    private void keep(StepRecord record) throws IOException {
        Files.createDirectories(path.resolve(STEPS));
        AtomicFiles.writeText(recordFile(record.name()), JSON.writeValueAsString(record) + "\n");
    }

    /**
     * As {@link #step}; but in a grid what another run below the folder of all runs has done from the same inputs is taken from there. Files that are never changed in place
     * are linked, so that they take no room; companions are taken along where they are there.
     */
    public StepRecord shared(String name, String inputsHash, StepFiles files, StepWork work) throws IOException {
        Optional<StepRecord> done = finished(name, inputsHash, files.outputs());
        if (done.isPresent() || !shares) {
            return step(name, inputsHash, files, work);
        }
        Optional<StepRecord> taken =
                new FinishedElsewhere(root, path).take(name, inputsHash, files.outputs(), files.companions());
        if (taken.isEmpty()) {
            return step(name, inputsHash, files, work);
        }
        worked = true;
        keep(taken.get());
        codes.end(name);
        codes.skip(taken.get());
        return taken.get();
    }

    /**
     * Codes that did steps which were not done again, and last the one that works now, which is another: what that would do is not seen in such steps. Empty where it is
     * the same.
     */
    public Optional<CodeDifference> unseenChange() {
        return codes.unseenChange();
    }

    /** How to have all steps done again beside this run: in a grid another name would take them from here. */
    public String afresh() {
        return shares ? "give it another folder with --runs FOLDER" : "give it another name with --set name=NAME";
    }

    /** Whether any step had to be done since this was opened. */
    public boolean worked() {
        return worked;
    }

    /** The record of a step that is done: same inputs, and all outputs as it left them. */
    public Optional<StepRecord> finished(String name, String inputsHash, List<String> outputs) throws IOException {
        Optional<StepRecord> record = record(name);
        if (record.isEmpty()
                || !record.get().inputs().equals(inputsHash)
                || !record.get().outputs().keySet().equals(new java.util.HashSet<>(outputs))) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> output : record.get().outputs().entrySet()) {
            Path file = path.resolve(output.getKey());
            if (!Files.exists(file) || !ContentHash.of(file).equals(output.getValue())) {
                LOG.warn("{} has changed since step {} wrote it: the step is done again", file, name);
                return Optional.empty();
            }
        }
        return record;
    }

    /** The record of a step, whatever its inputs were. */
    public Optional<StepRecord> record(String name) throws IOException {
        return readRecord(recordFile(name));
    }

    /**
     * States of the code that did a step of a run, which need not be open, in the order of work: as its record says, or, where a version kept none, the one that the run was
     * started by. None where the step is not done, or nobody knows.
     */
    public static List<Code> codes(Path run, String name) throws IOException {
        Optional<StepRecord> record = readRecord(run.resolve(STEPS).resolve(name + ".json"));
        return record.isPresent() ? CodeWatch.ofRecord(run, record.get()) : List.of();
    }

    /** A record; empty where there is none that can be read. */
    static Optional<StepRecord> readRecord(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(Files.readString(file), StepRecord.class));
        } catch (JacksonException | MalformedInputException e) {
            LOG.warn("{} cannot be read ({}): the step is done again", file, e.getMessage());
            return Optional.empty();
        }
    }

    private Path recordFile(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("name: '" + name + "' must be letters, digits, '.', '_', '-'");
        }
        return path.resolve(STEPS).resolve(name + ".json");
    }

    @Override
    public void close() throws IOException {
        log.close();
        lock.close();
    }
}
