package org.ppflow.app.command.weights;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
 * {@code ppflow weights ema PROFILES OUT}: an average of the weights that was not kept, of another width, from snapshots of those that were (Karras et al.
 * 2024, section 3). In memory is one tensor of one snapshot and its sum; all snapshots stay open.
 */
@Command(
        name = "ema",
        description = {
            "Make a power-function average of another width after the training, from the snapshots of a run's profiles (training.ema.profiles).",
            "It says how far the profile that they make is from the wanted one."
        },
        footer = {
            "",
            "Example: ppflow weights ema runs/mnist-ppf-2/models/ppf-2/profiles ema-0.13.safetensors --width 0.13"
        })
public final class EmaCommand implements SubCommand {
    /** Steps that a message names. */
    private static final int LISTED = 12;
    /** Above it a profile is not the wanted one: a tenth of its size. */
    private static final double FAR = 0.1;

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

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "Where the average ends: the step of a snapshot (default: the last).")
    private @Nullable Long step;

    @Override
    public Integer call() throws IOException {
        weights.require(output);
        PowerProfile wanted = wanted();
        List<ProfileSnapshots.Kept> all = new ProfileSnapshots(input).all();
        long end = end(all);
        List<ProfileSnapshots.Kept> used =
                all.stream().filter(kept -> kept.snapshot().step() <= end).toList();
        ProfileMix made =
                ProfileMix.of(used.stream().map(ProfileSnapshots.Kept::snapshot).toList(), wanted, (double) end);
        List<TensorFile> files = new ArrayList<>();
        try {
            for (ProfileSnapshots.Kept kept : used) {
                files.add(Safetensors.open(kept.file()));
            }
            TensorFile model = files.get(0);
            List<TensorSource> tensors = new ArrayList<>();
            for (String name : model.names()) {
                TensorInfo info = model.info(name);
                tensors.add(
                        TensorSource.floats(name, TensorType.F32, info.shape(), () -> mix(files, made.shares(), name)));
            }
            weights.write(output, Optional.of(ModelWeights.description(model)), tensors);
        } finally {
            for (TensorFile file : files) {
                file.close();
            }
        }
        say(end, used, made.error());
        return ExitCode.DONE;
    }

    /** An average ends at a snapshot: none has seen the steps after it. */
    private long end(List<ProfileSnapshots.Kept> all) {
        TreeSet<Long> steps = new TreeSet<>();
        all.forEach(kept -> steps.add((long) kept.snapshot().step()));
        if (step == null || steps.contains(step)) {
            return step == null ? steps.last() : step;
        }
        String some = steps.size() <= LISTED
                ? steps.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : steps.first() + " to " + steps.last();
        BadInputException.Builder problem = BadInputException.at("--step " + step)
                .found("no snapshot of this step in " + input)
                .expected("the step of a snapshot: " + some);
        Long before = steps.lower(step);
        Long after = steps.higher(step);
        if (before != null && after != null) {
            problem.advice("the nearest are " + before + " and " + after);
        }
        throw problem.build();
    }

    private void say(long end, List<ProfileSnapshots.Kept> used, double error) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%s written: width %s at step %d, from %d snapshots; their mix misses the profile of that width by %.1f %%%n",
                output,
                width,
                end,
                used.size(),
                100 * error);
        if (error > FAR) {
            String kept = used.stream()
                    .map(one -> String.format(
                            Locale.ROOT, "%.3g", one.snapshot().profile().width()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            err.println(
                    "Caution: this is not the average of that width: its profile is missed by more than a tenth of its size. Nearer come"
                            + " widths about those that were kept (" + kept
                            + "), and more snapshots (training.ema.snapshot_every)");
        }
        err.flush();
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

    private static FloatArray mix(List<TensorFile> files, List<Double> shares, String name) throws IOException {
        FloatArray sum = files.get(0).floats(name);
        double[] values = new double[sum.values().length];
        for (int file = 0; file < files.size(); file++) {
            float[] one = files.get(file).floats(name).values();
            double share = shares.get(file);
            for (int i = 0; i < values.length; i++) {
                values[i] += share * one[i];
            }
        }
        for (int i = 0; i < values.length; i++) {
            sum.values()[i] = (float) values[i];
        }
        return sum;
    }
}
