package org.ppflow.app.command.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.eval.inception.InceptionNetworks;
import org.ppflow.eval.inception.InceptionNetworks.Form;
import org.ppflow.eval.neighbours.NeighboursBench.Protocol;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * {@code ppflow bench evaluate}: what an evaluation's parts take at the sizes of published ones. Where there are several rows each is measured in a process of its own, which does nothing else: so no
 * row's memory or threads stand in another's figures.
 */
@Command(
        name = "evaluate",
        description = {
            "Measure an evaluation's parts: the Fréchet distance from two covariances, Inception's pictures a second, and precision and recall with"
                    + " features on disk.",
            "Each row is measured in a process of its own. Operations are those of Inception's convolutions, and two for each feature of each pair"
                    + " of pictures."
        },
        footer = {
            "",
            "Example: ppflow bench evaluate --network classify_image_graph_def.pb",
            "         ppflow bench evaluate --only precision-recall --protocol exact --samples 10000"
        })
final class EvaluateBench implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "PARTS",
            split = ",",
            description = "frechet, inception, precision-recall, or several with commas between (default: all).")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "FILE",
            description =
                    "Inception's file, as evaluate takes it; without it the native form is measured with made-up weights.")
    private @Nullable Path network;

    @Option(
            names = "--network-form",
            paramLabel = "FORMS",
            split = ",",
            description = "native, imported, or both (default: those that the file allows).")
    private List<String> forms = new ArrayList<>();

    @Option(
            names = "--protocol",
            paramLabel = "NAMES",
            split = ",",
            description = "Of precision and recall: exact, adm, or both (default: both).")
    private List<String> protocols = new ArrayList<>();

    @Mixin
    private EvaluateSizes sizes = new EvaluateSizes();

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the rows as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        sizes.require();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<EvaluateRow> rows = rows(err);
        Progress progress = ConsoleProgress.of(err);
        ArrayNode figures = JsonMapper.shared().createArrayNode();
        if (rows.size() == 1) {
            figures.add(new EvaluateMeasurement(sizes, Optional.ofNullable(network), progress).measure(rows.get(0)));
        } else {
            for (EvaluateRow row : rows) {
                OwnProcess.Outcome outcome = OwnProcess.run(arguments(row), err);
                if (outcome.code() != ExitCode.DONE) {
                    return outcome.code(); // it has said why
                }
                figures.addAll(outcome.rows().values());
            }
        }
        if (json == null || !json.equals("-")) {
            out.print(EvaluateTable.text(figures));
            for (JsonNode row : figures) {
                BenchLoad.print(row, row.path("what").asString("") + " was measured", out);
            }
            out.flush();
        }
        JsonOutput.write(json, figures, out);
        return ExitCode.DONE;
    }

    private List<EvaluateRow> rows(PrintWriter err) throws IOException {
        Set<Protocol> wanted = choices("--protocol", protocols, Protocol.class);
        Set<Form> networks = networkForms();
        Set<String> parts = Set.copyOf(only.isEmpty() ? EvaluateRow.PARTS : only);
        for (String part : parts) {
            if (!EvaluateRow.PARTS.contains(part)) {
                throw BadInputException.at("--only " + part)
                        .found("no such part")
                        .expected("one of " + String.join(", ", EvaluateRow.PARTS))
                        .advice(Nearest.to(part, EvaluateRow.PARTS)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("leave it out for all"))
                        .build();
            }
        }
        List<EvaluateRow> rows = new ArrayList<>();
        if (parts.contains(EvaluateRow.Frechet.PART)) {
            rows.add(new EvaluateRow.Frechet());
        }
        if (parts.contains(EvaluateRow.Inception.PART)) {
            networks.forEach(form -> rows.add(new EvaluateRow.Inception(form)));
            if (forms.isEmpty() && !networks.contains(Form.IMPORTED)) {
                err.println("Inception's imported form: not measured, it needs --network classify_image_graph_def.pb");
                err.flush();
            }
        }
        if (parts.contains(EvaluateRow.Neighbours.PART)) {
            wanted.forEach(protocol -> rows.add(new EvaluateRow.Neighbours(protocol)));
        }
        return rows;
    }

    /** Forms that are asked for, or all that there are. */
    private Set<Form> networkForms() throws IOException {
        Set<Form> allowed = network == null ? EnumSet.of(Form.NATIVE) : InceptionNetworks.forms(network);
        Set<Form> wanted = choices("--network-form", forms, Form.class);
        if (forms.isEmpty()) {
            return allowed;
        }
        if (!allowed.containsAll(wanted)) {
            throw BadInputException.at("--network-form imported")
                    .found(network == null ? "no --network" : "--network " + network + ", weights without a graph")
                    .expected("--network classify_image_graph_def.pb")
                    .build();
        }
        return wanted;
    }

    private static <E extends Enum<E>> Set<E> choices(String option, List<String> names, Class<E> type) {
        if (names.isEmpty()) {
            return EnumSet.allOf(type);
        }
        EnumSet<E> chosen = EnumSet.noneOf(type);
        names.forEach(name -> chosen.add(OptionChoice.of(option, name, type.getEnumConstants())));
        return chosen;
    }

    /** This row alone. */
    private List<String> arguments(EvaluateRow row) {
        List<String> arguments =
                new ArrayList<>(Arrays.asList("bench", "evaluate", "--json", "-", "--only", row.part()));
        row.choice().ifPresent(arguments::addAll);
        if (network != null) {
            arguments.addAll(List.of("--network", network.toString()));
        }
        arguments.addAll(sizes.arguments());
        return arguments;
    }
}
