package org.ppflow.app.command.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.IdentifiedModel;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import picocli.CommandLine.Option;

/** The weaker model of autoguidance; a picocli mixin. */
final class GuideOptions {
    @Option(
            names = "--autoguidance",
            paramLabel = "FILE",
            description = "Weights of a weaker model that stands in for the one without class.")
    private @Nullable Path weights;

    @Option(
            names = "--autoguidance-which",
            paramLabel = "ema|model",
            description = "Its part of a PyTorch training checkpoint (default: ema, else model).")
    private @Nullable String which;

    @Option(names = "--autoguidance-config", paramLabel = "FILE", description = "Its config, as --config.")
    private @Nullable Path config;

    /** Its weights. */
    Optional<Path> file() {
        return Optional.ofNullable(weights);
    }

    /** What it is, for settings. */
    Optional<SampleSettings.Source> source(Optional<SamplingGraph> opened) {
        Path file = weights;
        if (file == null) {
            return Optional.empty();
        }
        return opened.map(graph -> new SampleSettings.Source(file, which == null ? "" : which, graph.description()));
    }

    /**
     * Opens it.
     *
     * @param strong the model that it guides
     * @throws BadInputException if it makes other latents or knows other classes
     */
    Optional<SamplingGraph> open(DitConfig strong, SessionOptions options) throws IOException {
        if (weights == null) {
            return Optional.empty();
        }
        try (TensorFile file = TensorFiles.open(weights, Optional.ofNullable(which))) {
            IdentifiedModel model = ModelIdentification.identify(file, Optional.ofNullable(config), Optional.empty());
            DitConfig weak = model.description().config();
            boolean fits = weak.channels() == strong.channels()
                    && weak.height() == strong.height()
                    && weak.width() == strong.width()
                    && weak.classes() == strong.classes();
            if (!fits) {
                throw BadInputException.at("--autoguidance " + weights)
                        .found("latents of " + weak.channels() + "x" + weak.height() + "x" + weak.width() + " and "
                                + weak.classes() + " classes")
                        .expected("those of the model, " + strong.channels() + "x" + strong.height() + "x"
                                + strong.width() + " and " + strong.classes())
                        .build();
            }
            return Optional.of(SamplingGraph.open(file, model.description(), options));
        }
    }
}
