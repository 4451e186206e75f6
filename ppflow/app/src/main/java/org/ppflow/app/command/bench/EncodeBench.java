package org.ppflow.app.command.bench;

import com.google.common.base.Splitter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.command.OptionRange;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.data.autoencoder.AutoencoderConfig;
import org.ppflow.data.autoencoder.AutoencoderKl;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.picture.PictureDecoder;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.MatrixProductPeak;
import org.ppflow.nn.session.PeakMemory;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.StepProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * {@code ppflow bench encode}: pictures a second through both halves of the autoencoder, and how fast one thread reads pictures for it. Operations are those
 * of the published network's convolutions and products, whatever is computed in their place.
 */
@Command(
        name = "encode",
        description = {
            "Measure the autoencoder, encoding and decoding, and the pictures a second that one thread decodes, crops and hashes.",
            "Weights are random unless a folder is given; time does not depend on them."
        },
        footer = {"", "Example: ppflow bench encode --size 256 --batch 4 --precision fp32,bf16"})
final class EncodeBench implements Callable<Integer> {
    private static final double NANOSECONDS = 1e9;
    private static final double GIGA = 1e9;
    private static final int PHOTOGRAPH_WIDTH = 500;
    private static final int PHOTOGRAPH_HEIGHT = 375;
    private static final int PHOTOGRAPHS = 200;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--autoencoder",
            paramLabel = "FOLDER",
            description = "One as diffusers saves it (default: Stable Diffusion's, random weights).")
    private @Nullable Path folder;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Side of the pictures (default: ${DEFAULT-VALUE}).")
    private int size = 256;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "4",
            description = "Pictures at once (default: ${DEFAULT-VALUE}).")
    private int batch = 4;

    @Option(
            names = "--precision",
            paramLabel = "NAMES",
            defaultValue = "fp32,bf16",
            description = "fp32, bf16 or both (default: ${DEFAULT-VALUE}).")
    private String precisions = "fp32,bf16";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads that compute, 0 for one a core (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Timed passes, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repeats = 5;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "2",
            description = "Passes before them (default: ${DEFAULT-VALUE}).")
    private int warmup = 2;

    @Option(names = "--profile", description = "Print as well where the time of a pass goes, by kind of operation.")
    private boolean profile;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the rows as JSON; - for standard output.")
    private @Nullable String json;

    /**
     * What was measured.
     *
     * @param what encode or decode
     * @param seconds median of a pass
     * @param flops of a pass
     */
    private record Row(String what, Precision precision, double seconds, double flops, double before, double after) {
        double share() {
            return flops / seconds / GIGA / Math.max(before, after);
        }
    }

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        OptionRange.requireAtLeast("--batch", batch, 1);
        OptionRange.requireAtLeast("--size", size, 1);
        OptionRange.requireAtLeast("--repeats", repeats, 1);
        OptionRange.requireAtLeast("--warmup", warmup, 0);
        OptionRange.requireAtLeast("--threads", threads, 0);
        List<Precision> wanted = Splitter.on(',').trimResults().splitToList(precisions).stream()
                .map(name -> OptionChoice.of("--precision", name, Precision.values()))
                .toList();
        List<Row> rows = new ArrayList<>();
        BenchLoad load = BenchLoad.start(threads);
        try (Progress.Task task = ConsoleProgress.of(spec.commandLine().getErr())
                .start("bench encode", 2L * wanted.size() * (warmup + repeats), "passes")) {
            for (Precision precision : wanted) {
                measure(precision, rows, task);
            }
        }
        double photographs = photographsPerSecond();
        report(rows, photographs, load.stop());
        return ExitCode.DONE;
    }

    private void measure(Precision precision, List<Row> rows, Progress.Task task) throws IOException {
        SessionOptions options = new SessionOptions(threads, precision, false);
        double before;
        double encode;
        double decode;
        double encodeFlops;
        double decodeFlops;
        try (AutoencoderKl network = folder == null
                ? AutoencoderKl.random(AutoencoderConfig.SD, options)
                : AutoencoderKl.open(folder, options)) {
            int factor = network.config().factor();
            if (size % factor != 0) {
                throw BadInputException.at("--size " + size)
                        .found("a side that " + factor + " does not divide")
                        .expected("one that it does")
                        .build();
            }
            before = MatrixProductPeak.gigaflops(options);
            PictureBatch pictures = noise();
            FloatArray latents =
                    FloatArray.zeros(batch, network.config().latentChannels(), size / factor, size / factor);
            RandomStream.of(0, Purpose.TEST, 1).fillGaussian(latents.values(), 0, latents.values().length);
            long done = 2L * rows.size() / 2 * (warmup + repeats);
            encode = median(() -> network.encode(pictures), task, done);
            decode = median(() -> network.decode(latents), task, done + warmup + repeats);
            encodeFlops = network.encodeFlops(pictures);
            decodeFlops = network.decodeFlops(latents);
            if (profile) {
                print("encode " + precision, network.profileEncode(pictures));
                print("decode " + precision, network.profileDecode(latents));
            }
        }
        double after = MatrixProductPeak.gigaflops(options);
        rows.add(new Row("encode", precision, encode, encodeFlops, before, after));
        rows.add(new Row("decode", precision, decode, decodeFlops, before, after));
    }

    private double median(Runnable pass, Progress.Task task, long done) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < warmup + repeats; i++) {
            long start = System.nanoTime();
            pass.run();
            if (i >= warmup) {
                seconds.add((System.nanoTime() - start) / NANOSECONDS);
            }
            task.advanceTo(done + i + 1);
        }
        return seconds.stream().sorted().toList().get(repeats / 2);
    }

    private PictureBatch noise() {
        byte[] pixels = new byte[batch * size * size * 3];
        RandomStream random = RandomStream.of(0, Purpose.TEST, 2);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return new PictureBatch(batch, size, size, 3, pixels);
    }

    /** Decoded, cropped, hashed on this thread, of a photograph's usual size and detail. */
    private double photographsPerSecond() throws IOException {
        BufferedImage image = new BufferedImage(PHOTOGRAPH_WIDTH, PHOTOGRAPH_HEIGHT, BufferedImage.TYPE_INT_RGB);
        RandomStream random = RandomStream.of(0, Purpose.TEST, 3);
        for (int y = 0; y < PHOTOGRAPH_HEIGHT; y++) {
            for (int x = 0; x < PHOTOGRAPH_WIDTH; x++) {
                int grain = random.nextInt(24);
                image.setRGB(x, y, (x / 2 + grain) << 16 | (y / 2 + grain) << 8 | ((x + y) / 4 + grain));
            }
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        byte[] bytes = jpeg.toByteArray();
        PictureDecoder decoder = PictureDecoder.published();
        CentreCrop crop = new CentreCrop(size);
        long start = 0;
        for (int i = 0; i < 2 * PHOTOGRAPHS; i++) {
            start = i == PHOTOGRAPHS ? System.nanoTime() : start;
            crop.frame(decoder.decode(bytes, "bench"), "bench");
            Sha256.of(bytes);
        }
        return PHOTOGRAPHS * NANOSECONDS / (System.nanoTime() - start);
    }

    private void print(String what, StepProfile where) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%n%s: a traced pass of %.3f s, %.2f operations at a time, none in %.3f s%n%-28s %6s %10s%n",
                what,
                where.seconds(),
                where.concurrency(),
                where.idleSeconds(),
                "operation",
                "count",
                "s");
        where.kinds().stream()
                .limit(20)
                .forEach(kind ->
                        err.printf(Locale.ROOT, "%-28s %6d %10.4f%n", kind.name(), kind.count(), kind.seconds()));
        err.flush();
    }

    private void report(List<Row> rows, double photographs, BenchLoad load) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ArrayNode figures = JsonMapper.shared().createArrayNode();
        for (Row row : rows) {
            load.put(figures.addObject())
                    .put("what", row.what)
                    .put("precision", row.precision.name().toLowerCase(Locale.ROOT))
                    .put("size", size)
                    .put("batch", batch)
                    .put("images_per_s", batch / row.seconds)
                    .put("gflop_per_image", row.flops / batch / GIGA)
                    .put("gflops", row.flops / row.seconds / GIGA)
                    .put("peak_gflops_before", row.before)
                    .put("peak_gflops_after", row.after)
                    .put("share_of_peak", row.share())
                    .put("peak_memory_mb", PeakMemory.megabytes())
                    .put("pictures_read_per_s", photographs);
        }
        if (json == null || !json.equals("-")) {
            out.printf(
                    Locale.ROOT,
                    "%-8s %-9s %10s %10s %10s %9s %8s %16s%n",
                    "",
                    "precision",
                    "images/s",
                    "s an image",
                    "GFLOP each",
                    "GFLOP/s",
                    "% peak",
                    "peak before/after");
            for (Row row : rows) {
                out.printf(
                        Locale.ROOT,
                        "%-8s %-9s %10.4g %10.4g %10.1f %9.1f %8.0f %10.0f/%.0f%n",
                        row.what,
                        row.precision.name().toLowerCase(Locale.ROOT),
                        batch / row.seconds,
                        row.seconds / batch,
                        row.flops / batch / GIGA,
                        row.flops / row.seconds / GIGA,
                        100 * row.share(),
                        row.before,
                        row.after);
            }
            out.printf(
                    Locale.ROOT,
                    "%d pixels, batches of %d; one thread decodes, crops and hashes %.0f pictures/s (JPEG, %dx%d); process at most %.0f"
                            + " MB%n",
                    size,
                    batch,
                    photographs,
                    PHOTOGRAPH_WIDTH,
                    PHOTOGRAPH_HEIGHT,
                    PeakMemory.megabytes());
            load.print(out);
            out.flush();
        }
        JsonOutput.write(json, figures, out);
    }
}
