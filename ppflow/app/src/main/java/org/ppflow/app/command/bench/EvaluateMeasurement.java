package org.ppflow.app.command.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.inception.InceptionBench;
import org.ppflow.eval.inception.InceptionNetworks;
import org.ppflow.eval.neighbours.NeighboursBench;
import org.ppflow.eval.statistics.FrechetBench;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.MatrixProductPeak;
import org.ppflow.nn.session.PeakMemory;
import org.ppflow.nn.session.SessionOptions;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures rows of {@code bench evaluate} in this process. {@code peak_memory_mb} is the most that the process has held when a row is done; of precision and recall without the
 * pages of mapped features, which the system may take back.
 *
 * @param sizes of the parts
 * @param network Inception's file; without it weights are made up
 */
record EvaluateMeasurement(EvaluateSizes sizes, Optional<Path> network, Progress progress) {
    private static final double GIGA = 1e9;

    /** A row's figures: {@code what}, its kind, {@code seconds}, sizes, and what follows from them. */
    ObjectNode measure(EvaluateRow row) throws IOException {
        BenchLoad load = BenchLoad.start(0);
        ObjectNode figures = figures(row);
        return load.stop().put(figures);
    }

    private ObjectNode figures(EvaluateRow row) throws IOException {
        ObjectNode figures = JsonMapper.shared().createObjectNode().put("what", row.part());
        if (row instanceof EvaluateRow.Inception inception) {
            return inception(inception.form(), figures);
        }
        if (row instanceof EvaluateRow.Neighbours neighbours) {
            return neighbours(neighbours.protocol(), figures);
        }
        FrechetBench bench = FrechetBench.measure(sizes.features(), sizes.repeats(), progress);
        return figures.put("features", bench.size())
                .put("threads", bench.threads())
                .put("seconds", bench.medianSeconds())
                .put("value", bench.value())
                .put("peak_memory_mb", PeakMemory.megabytes());
    }

    private ObjectNode inception(InceptionNetworks.Form form, ObjectNode figures) throws IOException {
        SessionOptions options = SessionOptions.DEFAULT;
        InceptionBench bench;
        try (FeatureNetwork opened = network.isPresent()
                ? InceptionNetworks.open(network.get(), form, options)
                : InceptionNetworks.random(options)) {
            bench = InceptionBench.measure(opened, sizes.size(), sizes.batch(), sizes.repeats(), options, progress);
        }
        return figures.put("form", form.word())
                .put("weights", network.isPresent() ? network.get().toString() : "random")
                .put("size", sizes.size())
                .put("batch", sizes.batch())
                .put("seconds", sizes.batch() / bench.imagesPerSecond())
                .put("images_per_s", bench.imagesPerSecond())
                .put("gflops", bench.gigaflops())
                .put("peak_gflops", bench.peakGigaflops())
                .put("share_of_peak", bench.shareOfPeak())
                .put("peak_memory_mb", PeakMemory.megabytes());
    }

    private ObjectNode neighbours(NeighboursBench.Protocol protocol, ObjectNode figures) throws IOException {
        NeighboursBench.Measured measured =
                NeighboursBench.measure(sizes.references(), sizes.samples(), sizes.features(), protocol, progress);
        double gigaflops = sizes.pairFlops() / measured.seconds() / GIGA;
        double peak = MatrixProductPeak.gigaflops(SessionOptions.DEFAULT);
        return figures.put("protocol", protocol.word())
                .put("references", sizes.references())
                .put("samples", sizes.samples())
                .put("features", sizes.features())
                .put("seconds", measured.seconds())
                .put("precision", measured.precision())
                .put("recall", measured.recall())
                .put("gflops", gigaflops)
                .put("peak_gflops", peak)
                .put("share_of_peak", gigaflops / peak)
                .put("peak_memory_mb", measured.megabytes());
    }
}
