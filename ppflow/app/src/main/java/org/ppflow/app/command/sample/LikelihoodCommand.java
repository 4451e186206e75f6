package org.ppflow.app.command.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ArraysOutput;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.GuidanceOptions;
import org.ppflow.app.command.ModelOptions;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.command.OptionRange;
import org.ppflow.app.command.SubCommand;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.EvaluationListener;
import org.ppflow.flow.sampling.GuidedNetworks;
import org.ppflow.flow.sampling.Likelihood;
import org.ppflow.flow.sampling.NetworkField;
import org.ppflow.flow.sampling.Rescheduled;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ppflow likelihood}: how likely a model holds latents. */
@Command(
        name = "likelihood",
        description = {
            "Log-likelihood of latents x1 [N,C,H,W], which sample calls latents, with classes y [N], in nats and in bits per dimension of the"
                    + " latent as the model sees it (scaled).",
            "The divergence is estimated with random probes (Hutchinson): without bias, and with less spread the more probes."
        },
        footer = {
            "",
            "Example: ppflow likelihood --weights model.pt --input latents.npz --output likelihood.npz --solver dopri5"
        })
public final class LikelihoodCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private GuidanceOptions guidance = new GuidanceOptions();

    @Mixin
    private SessionFlags session = new SessionFlags();

    @Option(
            names = "--input",
            paramLabel = "IN.npz",
            required = true,
            description = "Arrays x1 and y, or latents and y as sample writes them.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path input;

    @Option(
            names = "--output",
            paramLabel = "OUT.npz",
            required = true,
            description =
                    "Gets logp, prior_logp and delta_logp in nats, bits_per_dimension, all [N], and the noise z [N,C,H,W].")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Mixin
    private ArraysOutput arrays = new ArraysOutput();

    @Option(
            names = "--probe",
            paramLabel = "rademacher|gaussian",
            defaultValue = "rademacher",
            description = "Distribution of the probes (default: ${DEFAULT-VALUE}).")
    private String probe = "rademacher";

    @Option(
            names = "--probes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Probes a latent, averaged (default: ${DEFAULT-VALUE}).")
    private int probes = 1;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Latents that pass the network together (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the means as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        OptionRange.requireAtLeast("--batch", batch, 1);
        OptionRange.requireAtLeast("--probes", probes, 1);
        JsonOutput.requireWritable(json);
        arrays.require(output);
        method.requireOde("a likelihood follows the ODE");
        Likelihood.Probe kind = OptionChoice.of("--probe", probe, Likelihood.Probe.values());
        try (ModelOptions.ForSampling opened = model.openForSampling(err)) {
            DitConfig config = opened.file().description().config();
            LevelSchedule schedule = opened.schedule();
            Transport transport = method.transport(opened.file().description().transport());
            if (!(method.method(schedule, transport, true, err) instanceof SamplingMethod.Ode ode)) {
                throw new IllegalStateException("an SDE was refused before");
            }
            List<Integer> levels =
                    Rescheduled.levels(opened.file().description().schedule(), schedule);
            SampleStart.Given given = StartFile.read(input, config, true);
            int[] labels = given.classes()
                    .orElseThrow(() -> BadInputException.at(input.toString())
                            .found("no array y")
                            .expected("a class for each latent, " + config.classes() + " for none")
                            .build());
            var scales = guidance.guidance(schedule, config, false);
            try (SamplingGraph graph =
                    SamplingGraph.open(opened.file().file(), opened.file().description(), session.options())) {
                GuidedNetworks networks = new GuidedNetworks(
                        new Rescheduled(graph, schedule, levels),
                        scales,
                        guidance.boundary(),
                        Optional.empty(),
                        EvaluationListener.NONE);
                Likelihood likelihood = new Likelihood(ode.solver(), ode.grid());
                Sums sums = estimate(likelihood, networks, transport, given.all(), kind, err, labels);
                sums.write(output);
                report(sums, out);
            }
        }
        return ExitCode.DONE;
    }

    private Sums estimate(
            Likelihood likelihood,
            GuidedNetworks networks,
            Transport transport,
            FloatArray data,
            Likelihood.Probe kind,
            PrintWriter err,
            int... labels) {
        Sums sums = new Sums(data.rows(), FloatArray.zeros(data.shape()));
        try (Progress.Task task = ConsoleProgress.of(err).start("likelihood", (long) data.rows() * probes, "latents")) {
            for (int first = 0; first < data.rows(); first += batch) {
                int end = Math.min(data.rows(), first + batch);
                FloatArray rows = data.slice(first, end);
                NetworkField field =
                        new NetworkField(networks, transport, java.util.Arrays.copyOfRange(labels, first, end));
                for (int number = 0; number < probes; number++) {
                    FloatArray probeRows = FloatArray.zeros(rows.shape());
                    for (int row = 0; row < rows.rows(); row++) {
                        kind.fill(seed, first + row, number, probeRows, row);
                    }
                    sums.add(first, likelihood.of(field, rows, probeRows), probes);
                    task.advanceTo((long) first * probes + (long) (number + 1) * rows.rows());
                }
            }
        }
        return sums;
    }

    private void report(Sums sums, PrintWriter out) throws IOException {
        double nats = sums.mean(sums.total);
        double bits = sums.bits(nats);
        if (json == null || !json.equals("-")) {
            out.printf(
                    Locale.ROOT,
                    "%d latents: %.4f bits per dimension, log-likelihood %.2f nats (means)%n",
                    sums.total.length,
                    bits,
                    nats);
            out.flush();
        }
        JsonOutput.write(
                json,
                JsonMapper.shared()
                        .createObjectNode()
                        .put("latents", sums.total.length)
                        .put("bits_per_dimension", bits)
                        .put("logp", nats)
                        .put("probe", probe)
                        .put("probes", probes),
                out);
    }

    /** Means over the probes. */
    private static final class Sums {
        private final double[] total;
        private final double[] prior;
        private final double[] divergence;
        private final FloatArray noise;

        Sums(int rows, FloatArray noise) {
            this.total = new double[rows];
            this.prior = new double[rows];
            this.divergence = new double[rows];
            this.noise = noise;
        }

        void add(int first, Likelihood.Estimate estimate, int probes) {
            for (int row = 0; row < estimate.prior().length; row++) {
                total[first + row] += estimate.logProbability()[row] / probes;
                prior[first + row] += estimate.prior()[row] / probes;
                divergence[first + row] += estimate.divergence()[row] / probes;
            }
            // The end of the ODE does not depend on the probe, but for the steps that an adaptive solver takes.
            System.arraycopy(
                    estimate.noise().values(),
                    0,
                    noise.values(),
                    first * noise.rowSize(),
                    estimate.noise().values().length);
        }

        double mean(double... values) {
            return java.util.Arrays.stream(values).average().orElseThrow();
        }

        double bits(double nats) {
            return -nats / (noise.rowSize() * Math.log(2));
        }

        void write(Path file) throws IOException {
            int[] shape = {total.length};
            double[] bits = java.util.Arrays.stream(total).map(this::bits).toArray();
            Npz.write(
                    file,
                    Npz.Compression.STORED,
                    List.of(
                            TensorSource.doubles("logp", shape, total),
                            TensorSource.doubles("prior_logp", shape, prior),
                            TensorSource.doubles("delta_logp", shape, divergence),
                            TensorSource.doubles("bits_per_dimension", shape, bits),
                            TensorSource.floats("z", noise)));
        }
    }
}
