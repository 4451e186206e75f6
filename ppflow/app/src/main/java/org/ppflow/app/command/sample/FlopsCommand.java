package org.ppflow.app.command.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.GuidanceOptions;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.ScheduledNetwork;
import org.ppflow.app.command.ScheduledNetworks;
import org.ppflow.app.command.SubCommand;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.Program;
import org.ppflow.app.sample.LedgerReport;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ppflow flops}: what sampling and training cost on paper. */
@Command(
        name = "flops",
        description = {
            "What a size and a schedule cost, counted: floating-point operations, two for each multiply-add.",
            "'blocks' is the paper's count, by the levels' lengths; 'all' has every matrix product of the evaluations that run."
        },
        footer = {
            "",
            "Example: ppflow flops --model XL --schedule ppf-2,ppf-3 --guidance 1.5",
            "         ppflow flops --model B --latent 64 --schedule 'sit,8x8:0.3,4x4:0.6,2x2' --json -",
            "         ppflow flops --schedule sit,configs/quickstart.yaml#ppf-2"
        })
public final class FlopsCommand implements SubCommand {
    private static final double GIGA = 1e9;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private GuidanceOptions guidance = new GuidanceOptions();

    @Option(
            names = {"--model", "--size"},
            completionCandidates = KnownNames.OfSizes.class,
            paramLabel = "SIZES",
            description =
                    "Sizes of the network (default: the network of the config which --schedule names, else S,B,L,XL).")
    private @Nullable String sizes;

    @Mixin
    private ScheduledNetworks networks = new ScheduledNetworks();

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the rows as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        JsonOutput.requireWritable(json);
        List<ScheduledNetwork> counted = networks.all(sizes, "S,B,L,XL");
        ArrayNode rows = JsonMapper.shared().createArrayNode();
        FlopsTable table = new FlopsTable(counted);
        for (ScheduledNetwork network : counted) {
            row(network, rows, table);
        }
        if (json == null || !json.equals("-")) {
            table.print(out);
            out.println(
                    "A GFLOPs figure is of one image; % is of SiT's. Training: a step is three passes, by the levels' lengths.");
            out.println("Sampling: " + method.words() + ", " + guidance.words() + "." + ofConfigs(counted));
            out.flush();
        }
        JsonOutput.write(json, rows, out);
        return ExitCode.DONE;
    }

    /** Solver, points and guidance are those of the options: where a config's own are counted. */
    private static String ofConfigs(List<ScheduledNetwork> counted) {
        boolean configs =
                counted.stream().anyMatch(one -> !one.chosen().networks().isEmpty());
        return configs
                ? " What a config says of sampling is counted by '" + Program.line("run", "CONFIG", "--dry-run") + "'."
                : "";
    }

    private void row(ScheduledNetwork network, ArrayNode rows, FlopsTable table) {
        LevelSchedule schedule = network.chosen().schedule();
        Flops flops = network.config().flops();
        PrintWriter err = spec.commandLine().getErr();
        Transport transport = method.transport(Transport.DEFAULT);
        SamplingMethod how = method.method(schedule, transport, false, err);
        if (!how.countable()) {
            throw BadInputException.at("--solver " + how.name())
                    .found("a solver that chooses its steps")
                    .expected("one with the grid's steps; the others are counted by sample")
                    .build();
        }
        Guidance scales = guidance.guidance(schedule, network.config(), false);
        SamplingLedger ledger = SamplingLedger.count(
                new SamplingCost(flops, schedule),
                new SamplingPlan(how, transport, scales, guidance.boundary()),
                Optional.empty());
        PatchLevel finest = new PatchLevel(schedule.smallestPatch(), 0, 1);
        double training = flops.meanAll(schedule) / flops.all(finest.patch());
        ObjectNode node = rows.addObject();
        node.put("size", network.name())
                .put("schedule", network.chosen().label())
                .put("latent", flops.height() + "x" + flops.width());
        node.setAll(LedgerReport.toJson(ledger));
        node.put("training_share_of_sit", training);
        node.put("training_gflops_per_image", 3 * flops.meanAll(schedule) / GIGA);
        String passes = String.join(
                " ",
                IntStream.range(0, schedule.count())
                        .mapToObj(level -> String.format(Locale.ROOT, "%.4g", flops.all(schedule, level) / GIGA))
                        .toList());
        table.add(
                network,
                passes,
                String.format(
                        Locale.ROOT,
                        "%12.0f %14.0f %14.0f %10.1f %10.1f %10.1f",
                        ledger.nfe(),
                        ledger.blocks() / GIGA,
                        ledger.all() / GIGA,
                        100 * ledger.blocksShare(),
                        100 * ledger.allShare(),
                        100 * training));
    }
}
