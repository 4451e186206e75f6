package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.flow.forward.ForwardInput;
import org.ppflow.flow.forward.ForwardPass;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TensorSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppflow forward}: the velocity of given arrays. */
@Command(
        name = "forward",
        description =
                "Compute the velocity of given states: arrays x [N,C,H,W], t [N] or one for all, y [N] of an npz file."
                        + " Times may differ; each row goes through the level of its own t.",
        footer = {
            "",
            "Example: ppflow forward --weights model.pt --input in.npz --output out.npz --guidance 1.5,3.5 --channels 3"
        })
public final class ForwardCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--input", paramLabel = "IN.npz", required = true, description = "Arrays x, t, y.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path input;

    @Option(names = "--output", paramLabel = "OUT.npz", required = true, description = "Gets the array velocity.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Mixin
    private ArraysOutput arrays = new ArraysOutput();

    @Mixin
    private GuidanceOptions guidance = new GuidanceOptions();

    @Option(
            names = "--intermediates",
            description =
                    "Write tokens, cond, block0 …, final_tokens as well (levelI/… where there are several levels);"
                            + " of the rows with their class, without guidance.")
    private boolean intermediates;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rows that pass the network at a time (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads that compute, 0 for one a core (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        OptionRange.requireAtLeast("--batch", batch, 1);
        OptionRange.requireAtLeast("--threads", threads, 0);
        arrays.require(output);
        Boundary rule = guidance.boundary();
        try (ModelOptions.Opened opened = model.open(err);
                TensorFile given = TensorFiles.open(input)) {
            Guidance scales = guidance.guidance(
                    opened.description().schedule(), opened.description().config(), false);
            ForwardInput states = ForwardInput.read(given, opened.description().config());
            try (SamplingGraph graph = SamplingGraph.open(
                    opened.file(), opened.description(), SessionOptions.DEFAULT.withThreads(threads))) {
                Npz.write(
                        output,
                        Npz.Compression.STORED,
                        results(new ForwardPass(graph, scales, rule, batch), states, err));
            }
        }
        err.println(output + " written");
        return ExitCode.DONE;
    }

    private List<TensorSource> results(ForwardPass pass, ForwardInput states, PrintWriter err) {
        List<TensorSource> results = new ArrayList<>();
        try (Progress.Task task = ConsoleProgress.of(err).start("forward", states.t().length, "rows")) {
            FloatArray velocity = pass.velocity(states, task::advanceTo);
            results.add(TensorSource.floats("velocity", velocity));
        }
        if (intermediates) {
            pass.layers(states).forEach((name, layer) -> results.add(TensorSource.floats(name, layer)));
        }
        return results;
    }
}
