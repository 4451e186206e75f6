package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.IdentifiedModel;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TorchFile;
import picocli.CommandLine.Option;

/** The options of every command that takes a file of weights; a picocli mixin. */
@OptionSection("The weights")
public final class ModelOptions {
    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Weights: .safetensors, its .index.json, .pt or .npz.")
    private @Nullable Path weights;

    @Option(
            names = "--which",
            paramLabel = "ema|model",
            description = "Part of a PyTorch training checkpoint (default: ema, else model).")
    private @Nullable String which;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "JSON with what tensors do not say, heads and schedule"
                            + " (default: NAME.config.json beside the weights, else their metadata, else the published models).")
    private @Nullable Path config;

    @Option(
            names = "--schedule",
            paramLabel = "NAME|LEVELS|CONFIG",
            completionCandidates = KnownNames.OfSchedules.class,
            description = "Levels, where nothing else says them or others are wanted:"
                    + " ${COMPLETION-CANDIDATES}, as 4x4:0.5,2x2, or of a config, mine.yaml or mine.yaml#NAME.")
    private @Nullable String schedule;

    /** Weights and the network that they are for. */
    public record Opened(TensorFile file, ModelDescription description) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Opens the weights and says on standard error for which network. */
    Opened open(PrintWriter err) throws IOException {
        TensorFile file = TensorFiles.open(weights(), Optional.ofNullable(which));
        try {
            IdentifiedModel model =
                    ModelIdentification.identify(file, Optional.ofNullable(config), ScheduleOption.of(schedule));
            err.println(describe(file, model));
            err.flush();
            return new Opened(file, model.description());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Opens the weights for sampling, where a schedule that is given may have other boundaries or fewer levels than the model's own.
     *
     * @param file with the network as it was trained
     * @param schedule to sample with
     */
    public record ForSampling(Opened file, LevelSchedule schedule) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** See {@link ForSampling}; says on standard error which network it is. */
    public ForSampling openForSampling(PrintWriter err) throws IOException {
        Optional<LevelSchedule> wanted = ScheduleOption.of(schedule);
        TensorFile file = TensorFiles.open(weights(), Optional.ofNullable(which));
        try {
            IdentifiedModel model = identify(file, wanted);
            err.println(describe(file, model));
            LevelSchedule own = model.description().schedule();
            LevelSchedule used = wanted.orElse(own);
            if (!used.levels().equals(own.levels())) {
                err.println("sampled with the levels "
                        + used.levels().stream()
                                .map(level -> level.patch() + " to " + level.end())
                                .toList());
            }
            err.flush();
            return new ForSampling(new Opened(file, model.description()), used);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The model's own schedule; the wanted one where nothing says its own. */
    private IdentifiedModel identify(TensorFile file, Optional<LevelSchedule> wanted) throws IOException {
        try {
            return ModelIdentification.identify(file, Optional.ofNullable(config), Optional.empty());
        } catch (BadInputException e) {
            if (wanted.isEmpty()) {
                throw e;
            }
            return ModelIdentification.identify(file, Optional.ofNullable(config), wanted);
        }
    }

    /**
     * The file of weights.
     *
     * @throws BadInputException if none is given
     */
    public Path weights() {
        if (weights == null) {
            throw BadInputException.at("--weights")
                    .found("nothing")
                    .expected("a file of weights: .safetensors, its .index.json, .pt or .npz")
                    .build();
        }
        return weights;
    }

    /** Part of a PyTorch checkpoint that was asked for; empty for its own choice. */
    public String which() {
        return which == null ? "" : which;
    }

    /** Whether a file of weights is given. */
    public boolean given() {
        return weights != null;
    }

    static String describe(TensorFile file, IdentifiedModel model) {
        String part = file instanceof TorchFile torch
                ? torch.part().map(name -> " (" + name + ")").orElse("")
                : "";
        ModelDescription known = model.description();
        return file.path().getFileName() + part + ": depth " + known.config().depth() + ", hidden "
                + known.config().hidden() + ", " + known.config().heads() + " heads, schedule "
                + known.schedule().name() + " "
                + IntStream.range(0, known.schedule().count())
                        .mapToObj(level -> known.schedule().describe(level) + " to "
                                + known.schedule().level(level).end())
                        .toList()
                + ", latent " + known.config().channels() + "x" + known.config().height() + "x"
                + known.config().width() + ", " + known.config().classes() + " classes; heads and schedule from "
                + model.origin();
    }

    private static double number(String scale) {
        try {
            return Double.parseDouble(scale);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(scale.isEmpty() ? "nothing" : "'" + scale + "', which is no number", e);
        }
    }

    private static int channels(String channels) {
        if (channels.matches("[1-9]\\d{0,5}")) {
            return Integer.parseInt(channels);
        }
        throw BadInputException.at("--channels " + channels)
                .found("no number of channels")
                .expected("1, 2, 3 … or all")
                .build();
    }

    /**
     * The scales of {@code 1.5,3.5}: one for each level, or one for all.
     *
     * @param channels {@code all} or a number
     */
    public static Guidance guidance(String scales, String channels, int levels) {
        int first = channels.equals("all") ? Guidance.ALL_CHANNELS : channels(channels);
        List<Double> numbers = new ArrayList<>();
        try {
            for (String scale : com.google.common.base.Splitter.on(',').split(scales)) {
                numbers.add(number(scale));
            }
            Guidance guidance =
                    new Guidance(numbers.size() == 1 ? Collections.nCopies(levels, numbers.get(0)) : numbers, first);
            guidance.requireLevels(levels);
            return guidance;
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("--guidance " + scales)
                    .found(String.valueOf(e.getMessage()))
                    .expected(
                            levels == 1
                                    ? "one scale, such as 1.5"
                                    : "one scale, such as 1.5, or " + levels + " with commas between")
                    .cause(e)
                    .build();
        }
    }
}
