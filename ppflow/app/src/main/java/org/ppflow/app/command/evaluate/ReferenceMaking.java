package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.protocol.Evaluator;
import org.ppflow.eval.reference.ReferenceFile;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.eval.statistics.AdmStatistics;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** A reference in ADM's form, instead of scores; a picocli mixin. */
final class ReferenceMaking {
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
            description = "Pictures that it keeps, for precision and recall (default: ${DEFAULT-VALUE}).")
    private int pictures = ReferenceFile.ADM_PICTURES;

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
        if (target != null && Files.isDirectory(target)) {
            throw BadInputException.at("--make-reference " + target)
                    .found("a folder")
                    .expected("a file")
                    .build();
        }
    }

    /** Takes the features of all pictures and writes the reference, complete or not at all. */
    void write(Evaluator evaluator, ImageSource images, @Nullable String json, PrintWriter out, Progress progress)
            throws IOException {
        Path file = target;
        if (file == null) {
            throw new IllegalStateException("no reference was asked for");
        }
        FeatureSet set = evaluator.features(images, network -> requireSpatial(file, network.spatialSize()));
        requireSpatial(file, set.spatial().size());
        ReferenceFile.write(
                file,
                images,
                pictures,
                new StoredStatistics(moments(set.features()), moments(set.spatial())),
                progress);
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
