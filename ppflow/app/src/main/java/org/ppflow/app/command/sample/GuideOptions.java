package org.ppflow.app.command.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.IdentifiedModel;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import picocli.CommandLine.Option;

/** The weaker model of autoguidance; a picocli mixin. */
@OptionSection("Autoguidance")
final class GuideOptions {
    @Option(
            names = "--autoguidance",
            paramLabel = "FILE",
            description = "Weights of a weaker model that stands in for the one without class.")
    private @Nullable Path weights;

    @Option(
            names = "--autoguidance-which",
            paramLabel = "ema|model",
            description = "Part of the PyTorch training checkpoint of --autoguidance (default: ema, else model).")
    private @Nullable String which;

    @Option(
            names = "--autoguidance-config",
            paramLabel = "FILE",
            description = "Config of the model of --autoguidance, as --config.")
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
     * @param guided the model
     * @throws BadInputException if it makes other latents or knows other classes, or one of the two is a pyramid that the other is not
     */
    Optional<SamplingGraph> open(ModelDescription guided, SessionOptions options) throws IOException {
        if (weights == null) {
            return Optional.empty();
        }
        try (TensorFile file = TensorFiles.open(weights, Optional.ofNullable(which))) {
            DitConfig strong = guided.config();
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
            requireSameStages(guided.schedule(), model.description().schedule());
            return Optional.of(SamplingGraph.open(file, model.description(), options));
        }
    }

    /** In a stage of a pyramid, x and its velocity are others than elsewhere. */
    private void requireSameStages(LevelSchedule strong, LevelSchedule weak) {
        boolean pyramid =
                strong.representation().isPyramid() || weak.representation().isPyramid();
        if (pyramid && !(strong.levels().equals(weak.levels()) && strong.representation() == weak.representation())) {
            throw BadInputException.at("--autoguidance " + weights)
                    .found("the schedule " + weak.name())
                    .expected(
                            "that of the model, " + strong.name() + ": a pyramid is guided by one with the same stages")
                    .build();
        }
    }
}
