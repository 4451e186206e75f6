package org.ppflow.app.command.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.LatentSize;
import org.ppflow.app.command.OptionRange;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.loader.LatentLoader;
import org.ppflow.data.loader.ReadAhead;
import org.ppflow.data.loader.StoredBatch;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ppflow bench loader}: rows a second, gathered in random order from mapped shards into tensors. One epoch to warm up, then some that count;
 * each is checked to give every row once.
 */
@Command(
        name = "loader",
        description = "Measure how fast rows are gathered, in random order, from a data set into TensorFlow tensors.",
        footer = {"", "Example: ppflow bench loader --rows 65536 --latent 8x32x32 --batch 256 --threads 2"})
final class LoaderBench implements Callable<Integer> {
    private static final double NANOSECONDS = 1e9;
    private static final double GIGA = 1e9;
    private static final long MAX_ROWS = 10_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "A data set; without it one of random rows is made and removed again.")
    private @Nullable Path data;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "65536",
            description = "Rows of the data set that is made (default: ${DEFAULT-VALUE}).")
    private long rows = 65536;

    @Option(
            names = "--latent",
            paramLabel = "SIZE",
            defaultValue = "8x32x32",
            description = "A stored row of it, with its mirrored one beside it (default: ${DEFAULT-VALUE}).")
    private String latent = "8x32x32";

    @Option(
            names = "--storage",
            paramLabel = "TYPE",
            defaultValue = "float16",
            description = "Its type: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ValueType storage = ValueType.FLOAT16;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "256",
            description = "Rows a batch (default: ${DEFAULT-VALUE}).")
    private int batch = 256;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads that gather (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Timed epochs, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repeats = 5;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the result as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        OptionRange.require("--rows", rows, 1, MAX_ROWS);
        OptionRange.requireAtLeast("--batch", batch, 1);
        OptionRange.requireAtLeast("--threads", threads, 1);
        OptionRange.requireAtLeast("--repeats", repeats, 1);
        Progress progress = ConsoleProgress.of(spec.commandLine().getErr());
        if (data != null) {
            measure(LatentDataset.open(data), progress);
            return ExitCode.DONE;
        }
        LatentSize size = LatentSize.parse(latent);
        if (size.channels() % 2 != 0) {
            throw BadInputException.at("--latent " + latent)
                    .found(size.channels() + " channels")
                    .expected("an even number: means and log-variances")
                    .build();
        }
        LatentShape shape = new LatentShape(size.channels(), size.height(), size.width());
        Path folder = Files.createTempDirectory("ppflow-bench-loader");
        try {
            measure(RandomDataset.write(folder, rows, shape, storage, progress), progress);
        } finally {
            AtomicFiles.deleteRecursively(folder);
        }
        return ExitCode.DONE;
    }

    private void measure(LatentDataset dataset, Progress progress) throws IOException {
        LatentLoader loader = new LatentLoader(dataset, 0);
        long steps = dataset.rows() / batch;
        if (steps < 1) {
            throw BadInputException.at("--batch " + batch)
                    .found("a data set of " + dataset.rows() + " rows")
                    .expected("at least one batch")
                    .build();
        }
        List<Double> seconds = new ArrayList<>();
        BenchLoad load = BenchLoad.start(threads);
        try (Progress.Task task = progress.start("bench loader", repeats + 1L, "epochs");
                ReadAhead<StoredBatch> ahead = new ReadAhead<>(
                        step -> loader.stored(step, batch, 0, batch), StoredBatch::close, threads, 2 * threads)) {
            for (int round = 0; round <= repeats; round++) {
                double time = epoch(ahead, round * steps, steps, dataset.rows());
                if (round > 0) {
                    seconds.add(time);
                }
                task.advanceTo(round + 1L);
            }
        }
        report(dataset, steps * batch, seconds.stream().sorted().toList().get(repeats / 2), load.stop());
    }

    /** Seconds for so many steps; no row may come twice in those that lie in one epoch. */
    private double epoch(ReadAhead<StoredBatch> ahead, long from, long steps, long size) {
        BitSet seen = new BitSet((int) size);
        boolean whole = size % batch == 0;
        long start = System.nanoTime();
        for (long step = from; step < from + steps; step++) {
            try (StoredBatch loaded = ahead.take(step)) {
                for (long row : loaded.rows()) {
                    if (whole && seen.get((int) row)) {
                        throw new IllegalStateException("row " + row + " came twice in an epoch");
                    }
                    seen.set((int) row);
                }
            }
        }
        return (System.nanoTime() - start) / NANOSECONDS;
    }

    private void report(LatentDataset dataset, long timed, double seconds, BenchLoad load) throws IOException {
        DatasetDescription description = dataset.manifest().description();
        double rate = timed / seconds;
        double bytes = rate
                * description.storedShape().size()
                * description.valueType().bytes();
        PrintWriter out = spec.commandLine().getOut();
        if (json == null || !json.equals("-")) {
            out.printf(
                    Locale.ROOT,
                    "%.0f rows/s, %.2f GB/s: %d rows of %s %s%s, batches of %d, %d threads, median of %d epochs%n",
                    rate,
                    bytes / GIGA,
                    dataset.rows(),
                    description.valueType(),
                    description.storedShape(),
                    description.mirror() ? " with both mirrors" : "",
                    batch,
                    threads,
                    repeats);
            load.print(out);
            out.flush();
        }
        JsonOutput.write(
                json,
                load.put(JsonMapper.shared().createObjectNode())
                        .put("rows", dataset.rows())
                        .put("shape", description.storedShape().toString())
                        .put("storage", description.valueType().toString())
                        .put("mirror", description.mirror())
                        .put("batch", batch)
                        .put("threads", threads)
                        .put("epoch_s", seconds)
                        .put("rows_per_s", rate)
                        .put("gigabytes_per_s", bytes / GIGA),
                out);
    }
}
