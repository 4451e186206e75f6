package org.ppflow.app.command.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.SubCommand;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.training.PowerProfile;
import org.ppflow.flow.training.ProfileMix;
import org.ppflow.flow.training.ProfileSnapshots;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorInfo;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ppflow weights ema PROFILES OUT}: an average of the weights that was not kept, of any width, from snapshots of those that were (Karras et al.
 * 2024, section 3). In memory is one tensor of one snapshot and its sum; all snapshots stay open.
 */
@Command(
        name = "ema",
        description =
                "Make a power-function average of any width after the training, from the snapshots of a run's profiles (training.ema.profiles).",
        footer = {
            "",
            "Example: ppflow weights ema runs/mnist-ppf-2/models/ppf-2/profiles ema-0.13.safetensors --width 0.13"
        })
public final class EmaCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROFILES", description = "The folder profiles of a trained model.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path input;

    @Parameters(index = "1", paramLabel = "OUT", description = "New file: .safetensors, .pt or .npz.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Mixin
    private WeightsOutput weights = new WeightsOutput();

    @Option(
            names = "--width",
            paramLabel = "X",
            required = true,
            description = "Standard deviation of the profile as a share of the training, between 0 and 0.28.")
    private double width;

    @Option(names = "--step", paramLabel = "N", description = "Where the average ends (default: the last snapshot).")
    private @Nullable Long step;

    @Override
    public Integer call() throws IOException {
        weights.require(output);
        PowerProfile wanted = wanted();
        List<ProfileSnapshots.Kept> all = new ProfileSnapshots(input).all();
        double last =
                all.stream().mapToDouble(kept -> kept.snapshot().step()).max().orElseThrow();
        double end = step == null ? last : step;
        if (end > last) {
            throw BadInputException.at("--step " + step)
                    .found("a step after the last snapshot in " + input)
                    .expected(String.format(Locale.ROOT, "at most %.0f", last))
                    .build();
        }
        List<ProfileSnapshots.Kept> used =
                all.stream().filter(kept -> kept.snapshot().step() <= end).toList();
        if (used.isEmpty()) {
            throw BadInputException.at("--step " + step)
                    .found("no snapshot up to this step in " + input)
                    .expected(String.format(
                            Locale.ROOT, "at least %.0f", all.get(0).snapshot().step()))
                    .build();
        }
        double[] shares = ProfileMix.shares(
                used.stream().map(ProfileSnapshots.Kept::snapshot).toList(), wanted, end);
        List<TensorFile> files = new ArrayList<>();
        try {
            for (ProfileSnapshots.Kept kept : used) {
                files.add(Safetensors.open(kept.file()));
            }
            TensorFile model = files.get(0);
            List<TensorSource> tensors = new ArrayList<>();
            for (String name : model.names()) {
                TensorInfo info = model.info(name);
                tensors.add(TensorSource.floats(name, TensorType.F32, info.shape(), () -> mix(files, shares, name)));
            }
            weights.write(output, Optional.of(ModelWeights.description(model)), tensors);
        } finally {
            for (TensorFile file : files) {
                file.close();
            }
        }
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "%s written: width %s at step %.0f, from %d snapshots%n",
                        output,
                        width,
                        end,
                        used.size());
        spec.commandLine().getErr().flush();
        return ExitCode.DONE;
    }

    private PowerProfile wanted() {
        try {
            return PowerProfile.ofWidth(width);
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("--width " + width)
                    .found("a width that no profile has")
                    .expected("between 0 and 0.28")
                    .cause(e)
                    .build();
        }
    }

    private static FloatArray mix(List<TensorFile> files, double[] shares, String name) throws IOException {
        FloatArray sum = files.get(0).floats(name);
        double[] values = new double[sum.values().length];
        for (int file = 0; file < files.size(); file++) {
            float[] one = files.get(file).floats(name).values();
            for (int i = 0; i < values.length; i++) {
                values[i] += shares[file] * one[i];
            }
        }
        for (int i = 0; i < values.length; i++) {
            sum.values()[i] = (float) values[i];
        }
        return sum;
    }
}
