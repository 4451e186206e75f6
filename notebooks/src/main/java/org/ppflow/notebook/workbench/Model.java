package org.ppflow.notebook.workbench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.IdentifiedModel;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

/**
 * Weights that are ready to run. Holds native memory until it is closed, or the kernel is restarted.
 */
public final class Model implements AutoCloseable {
    private final Path weights;
    private final IdentifiedModel identified;
    private final long parameters;
    private final SamplingGraph graph;
    private final Optional<LatentDecoder> decoder;

    private Model(
            Path weights,
            IdentifiedModel identified,
            long parameters,
            SamplingGraph graph,
            Optional<LatentDecoder> decoder) {
        this.weights = weights;
        this.identified = identified;
        this.parameters = parameters;
        this.graph = graph;
        this.decoder = decoder;
    }

    /**
     * Opens weights: {@code .safetensors}, {@code .pt} or {@code .npz}. Pictures are made as the data set of the run says that the weights lie in.
     *
     * @throws org.ppflow.nn.errors.BadInputException if the file cannot be read, or nothing says which network it is for
     */
    public static Model open(String weights) throws IOException {
        return open(Path.of(weights));
    }

    /** {@link #open(String)} by its path. */
    public static Model open(Path weights) throws IOException {
        return open(weights, Optional.empty());
    }

    /** {@link #open(String)} where nothing else says the levels. */
    public static Model open(Path weights, LevelSchedule schedule) throws IOException {
        return open(weights, Optional.of(schedule));
    }

    private static Model open(Path weights, Optional<LevelSchedule> schedule) throws IOException {
        try (TensorFile file = TensorFiles.open(weights, Optional.empty())) {
            IdentifiedModel identified = ModelIdentification.identify(file, Optional.empty(), schedule);
            long parameters = ModelWeights.parameters(file);
            SamplingGraph graph = SamplingGraph.open(file, identified.description(), SessionOptions.DEFAULT);
            try {
                return new Model(weights, identified, parameters, graph, decoder(weights, identified.description()));
            } catch (IOException | RuntimeException e) {
                graph.close();
                throw e;
            }
        }
    }

    private static Optional<LatentDecoder> decoder(Path weights, ModelDescription description) throws IOException {
        for (Path folder = weights.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            if (folder.resolve("data/manifest.json").toFile().isFile()) {
                return Optional.of(LatentDecoder.open(folder.resolve("data"), description.config(), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /** The file it was opened from. */
    public Path weights() {
        return weights;
    }

    /** Network and levels. */
    public ModelDescription description() {
        return identified.description();
    }

    /** Its levels. */
    public LevelSchedule schedule() {
        return description().schedule();
    }

    /** Numbers that training changes: without position tables, as tables and {@code weights inspect} count them. */
    public long parameters() {
        return parameters;
    }

    /** The graph below, for what this class does not do. */
    public SamplingGraph graph() {
        return graph;
    }

    /** How samples are to be drawn: 20 Heun steps, no guidance, seed 0, until told otherwise. */
    public Sampling sampling() {
        return Sampling.of(this);
    }

    /**
     * What the network says of states, without guidance.
     *
     * @param x states, [N, C, H, W]
     * @param t time of all of them, which chooses the level
     * @param classes of each
     * @return its prediction, a velocity for most models, same shape as x
     */
    public FloatArray velocity(FloatArray x, double t, int... classes) {
        float[] times = new float[x.rows()];
        Arrays.fill(times, (float) t);
        return graph.output(schedule().levelAt(t), x, times, classes);
    }

    /**
     * Makes pictures of latents.
     *
     * @throws IllegalStateException if the weights lie in no run with a data set
     */
    LatentDecoder decoder() {
        return decoder.orElseThrow(
                () -> new IllegalStateException("there is no data/manifest.json in the folders above " + weights
                        + ", which would say how latents become pictures"));
    }

    /** Gives its memory back. */
    @Override
    public void close() {
        graph.close();
        decoder.ifPresent(LatentDecoder::close);
    }

    @Override
    public String toString() {
        List<String> levels = IntStream.range(0, schedule().count())
                .mapToObj(i ->
                        schedule().describe(i) + " to " + schedule().level(i).end())
                .toList();
        return String.format(
                Locale.ROOT,
                "%s: depth %d, hidden %d, levels %s, %,d parameters (heads and levels from %s)",
                weights.getFileName(),
                description().config().depth(),
                description().config().hidden(),
                levels,
                parameters,
                identified.origin());
    }
}
