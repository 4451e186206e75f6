package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.protocol.Evaluator;
import org.ppflow.eval.reference.ReferenceFile;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.eval.statistics.AdmStatistics;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** A reference in ADM's form, instead of scores; a picocli mixin. */
@OptionSection("Making a reference")
final class ReferenceMaking {
    private static final List<String> ARRAYS = List.of("arr_0", "mu", "sigma", "mu_s", "sigma_s");

    @Option(
            names = "--make-reference",
            paramLabel = "OUT.npz",
            description =
                    "Make a reference of --samples in ADM's form instead: pictures, and the statistics of all of them.")
    private @Nullable Path target;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "10000",
            description =
                    "With --make-reference: pictures that the reference keeps, for precision and recall (default: ${DEFAULT-VALUE}).")
    private int pictures = ReferenceFile.ADM_PICTURES;

    @Option(
            names = "--overwrite",
            description = "With --make-reference: replace a reference, or any file, that is there already.")
    private boolean overwrite;

    /** Whether one is asked for. */
    boolean given() {
        return target != null;
    }

    /**
     * Checks before the work that it can be done.
     *
     * @throws BadInputException if a value is none
     */
    void requireFit() {
        if (pictures < 1) {
            throw BadInputException.at("--pictures " + pictures)
                    .found("too small a number")
                    .expected("1 or more")
                    .build();
        }
        if (target != null) {
            OutputPlace.requireFile("--make-reference", target);
        }
    }

    /**
     * Takes the features of all pictures and writes the reference, complete or not at all.
     *
     * @throws BadInputException if another file is there and may not be replaced
     */
    void write(Evaluator evaluator, ImageSource images, @Nullable String json, PrintWriter out, Progress progress)
            throws IOException {
        Path file = target;
        if (file == null) {
            throw new IllegalStateException("no reference was asked for");
        }
        boolean keep = !overwrite && Files.exists(file);
        if (keep) {
            requireAlike(file, images);
        }
        FeatureSet set = evaluator.features(images, network -> requireSpatial(file, network.spatialSize()));
        requireSpatial(file, set.spatial().size());
        StoredStatistics statistics = new StoredStatistics(moments(set.features()), moments(set.spatial()));
        if (keep) {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try {
                ReferenceFile.write(fresh, images, pictures, statistics, progress);
                if (Files.mismatch(fresh, file) >= 0) {
                    throw taken(file);
                }
            } finally {
                Files.deleteIfExists(fresh);
            }
        } else {
            ReferenceFile.write(file, images, pictures, statistics, progress);
        }
        int kept = Math.min(pictures, set.count());
        if (!"-".equals(json)) {
            out.printf(Locale.ROOT, "%s: statistics of %d pictures, %d of them beside%n", file, set.count(), kept);
            out.flush();
        }
        JsonOutput.write(
                json,
                JsonMapper.shared()
                        .createObjectNode()
                        .put("reference", file.toString())
                        .put("pictures", set.count())
                        .put("kept", kept),
                out);
    }

    /** What the header of a file tells, before hours of a network's pass: whether it can be the reference that would be written. */
    private void requireAlike(Path file, ImageSource images) throws IOException {
        ImageShape shape = images.shape();
        int[] wanted = {(int) Math.min(pictures, images.count()), shape.height(), shape.width(), shape.channels()};
        try (NpzFile known = Npz.open(file)) {
            if (known.names().containsAll(ARRAYS)
                    && Arrays.equals(known.info(ARRAYS.get(0)).shape(), wanted)) {
                return;
            }
        } catch (BadInputException e) {
            throw taken(file); // whatever it is
        }
        throw taken(file);
    }

    private static BadInputException taken(Path file) {
        return BadInputException.at("--make-reference " + file)
                .found("a file that is not the reference of these pictures")
                .expected("a free name, or the finished reference of the same pictures and network")
                .advice("choose another name, or give --overwrite to replace it")
                .build();
    }

    private static void requireSpatial(Path file, int size) {
        if (size == 0) {
            throw BadInputException.at("--make-reference " + file)
                    .found("a network without spatial features")
                    .expected("Inception, or another with --spatial NAME: a reference holds mu_s and sigma_s")
                    .build();
        }
    }

    private static StoredMoments moments(FeatureRows rows) {
        AdmStatistics statistics = AdmStatistics.of(rows);
        return new StoredMoments(statistics.mean(), statistics.covariance(), statistics.singlePrecision());
    }
}
