package org.ppflow.app.command.weights;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.ScheduleOption;
import org.ppflow.app.command.SubCommand;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.IdentifiedModel;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.model.WarmStart;
import org.ppflow.flow.model.WarmStartRule;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow weights warm-start SIT OUT}. */
@Command(
        name = "warm-start",
        description = "Make a PPFlow from a SiT: blocks and finest level as they are, coarser levels by a rule.",
        footer = {"", "Example: ppflow weights warm-start SiT-XL-2-256.pt ppflow.safetensors --schedule ppf-2"})
public final class WarmStartCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SIT", description = "Weights of a SiT.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path input;

    @Parameters(index = "1", paramLabel = "OUT", description = "New file: .safetensors, .pt or .npz.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Mixin
    private WeightsOutput weights = new WeightsOutput();

    @Option(
            names = "--schedule",
            paramLabel = "NAME|LEVELS|CONFIG",
            completionCandidates = KnownNames.OfSchedules.class,
            defaultValue = "ppf-2",
            description =
                    "${COMPLETION-CANDIDATES}, levels as 4x4:0.5,2x2, or of a config, mine.yaml or mine.yaml#NAME (default: ${DEFAULT-VALUE}).")
    private String schedule = "ppf-2";

    @Option(
            names = "--rule",
            paramLabel = "code|paper|pseudo-inverse",
            defaultValue = "code",
            description = "How patch projections grow: as the published code, as the paper says, or by FlexiViT's"
                    + " pseudo-inverse (default: ${DEFAULT-VALUE}).")
    private String rule = "code";

    @Option(
            names = "--level-table",
            paramLabel = "zero|normal|none",
            defaultValue = "zero",
            description =
                    "Start of the level table: zero, N(0, 0.02²), or a network without one (default: ${DEFAULT-VALUE}).")
    private String levelTable = "zero";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of a normal level table (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--which", paramLabel = "PART", description = "Part of a training checkpoint (default: ema).")
    private @Nullable String which;

    @Option(names = "--config", paramLabel = "FILE", description = "JSON with the SiT's heads.")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        weights.require(output);
        WarmStartRule chosen = WarmStartRule.named(rule);
        LevelSchedule levels = ScheduleOption.one(schedule);
        WarmStart.LevelTableStart start = switch (levelTable) {
            case "zero", "none" -> WarmStart.LevelTableStart.ZERO;
            case "normal" -> WarmStart.LevelTableStart.NORMAL;
            default ->
                throw BadInputException.at("--level-table")
                        .found(levelTable.isBlank() ? "nothing" : "'" + levelTable + "'")
                        .expected("zero, normal or none")
                        .build();
        };
        PrintWriter err = spec.commandLine().getErr();
        try (TensorFile sit = TensorFiles.open(input, Optional.ofNullable(which))) {
            IdentifiedModel model = ModelIdentification.identify(sit, Optional.ofNullable(config), Optional.empty());
            err.println(input + ": heads and schedule from " + model.origin());
            ModelDescription target = target(model, levels);
            ModelWeights.requireTensors(sit, model.description());
            weights.write(output, Optional.of(target), new WarmStart(chosen, start, seed).tensors(sit, target));
        }
        err.println(output + " written");
        return ExitCode.DONE;
    }

    private ModelDescription target(IdentifiedModel sit, LevelSchedule levels) {
        int count = sit.description().schedule().count();
        if (count != 1) {
            throw BadInputException.at(input.toString())
                    .found("a network of " + count + " levels")
                    .expected("the weights of a SiT, which has one")
                    .advice("give the SiT that this one was made of; to go on training this one, set init.ppflow")
                    .build();
        }
        try {
            return WarmStart.target(sit.description(), levels, !levelTable.equals("none"));
        } catch (IllegalArgumentException e) {
            throw BadInputException.at(input.toString())
                    .found(String.valueOf(e.getMessage()))
                    .advice("give another --schedule")
                    .cause(e)
                    .build();
        }
    }
}
