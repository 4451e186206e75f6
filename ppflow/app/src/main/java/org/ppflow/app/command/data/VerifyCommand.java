package org.ppflow.app.command.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.run.RunLock;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.encode.DatasetFolder;
import org.ppflow.data.verify.DatasetVerifier;
import org.ppflow.data.verify.VerifyReport;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ppflow data verify FOLDER}. */
@Command(
        name = "verify",
        description = {
            "Read all of a data set and compare it with its manifest: hashes, rows, ranges, numbers that are none, duplicates.",
            "Shards that several machines made are joined first: the manifest is written."
        },
        footer = {"", "Example: ppflow data verify imagenet-256"})
final class VerifyCommand implements Callable<Integer> {
    private static final int LISTED = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Folder of a data set.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--classes", description = "List the rows of every class, not only the fewest and the most.")
    private boolean classes;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the findings as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        Progress progress = ConsoleProgress.of(spec.commandLine().getErr());
        if (!Files.exists(folder.resolve(Manifest.FILE))) {
            try (RunLock lock = RunLock.beside(folder, "encoding into " + folder, "choose another folder")) {
                new DatasetFolder(folder).join(progress);
            }
            spec.commandLine().getErr().println("joined the shards of " + folder + ": wrote " + Manifest.FILE);
        }
        VerifyReport report = DatasetVerifier.verify(folder, progress);
        PrintWriter out = spec.commandLine().getOut();
        if (!"-".equals(json)) {
            print(report, out);
        }
        JsonOutput.write(json, json(report), out);
        if (!report.sound()) {
            throw BadInputException.at(folder.toString())
                    .found(report.problems().size() + " problems:\n  " + String.join("\n  ", report.problems()) + "\n")
                    .expected("a data set as its manifest says")
                    .advice("remove the shards named and encode again, or fetch them again")
                    .build();
        }
        return ExitCode.DONE;
    }

    private void print(VerifyReport report, PrintWriter out) {
        Manifest manifest = report.manifest();
        List<Long> counts = report.classCounts();
        List<Long> sorted = counts.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "%,d rows in %d shards: %s%n",
                manifest.rows(),
                manifest.shards().size(),
                report.sound() ? "sound" : report.problems().size() + " problems");
        if (!sorted.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "%d classes of %d to %d rows, median %d; %d without any%n",
                    sorted.size(),
                    sorted.get(0),
                    sorted.get(sorted.size() - 1),
                    sorted.get(sorted.size() / 2),
                    sorted.stream().filter(count -> count == 0).count());
        }
        out.printf(
                Locale.ROOT,
                "%d duplicates (pictures with the bytes of an earlier one), %d pictures left out%n",
                report.duplicateRows(),
                manifest.skipped().size());
        report.duplicates().stream().limit(LISTED).forEach(group -> out.println("  " + String.join(" = ", group)));
        if (report.duplicates().size() > LISTED) {
            out.println("  and more; all with --json");
        }
        if (classes) {
            List<String> names = manifest.description().classNames();
            for (int i = 0; i < counts.size(); i++) {
                out.printf(Locale.ROOT, "%8d  %d %s%n", counts.get(i), i, names.get(i));
            }
        }
        out.flush();
    }

    private ObjectNode json(VerifyReport report) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("folder", folder.toString());
        root.put("sound", report.sound());
        root.put("rows", report.manifest().rows());
        ArrayNode problems = root.putArray("problems");
        report.problems().forEach(problems::add);
        root.put("duplicate_rows", report.duplicateRows());
        ArrayNode duplicates = root.putArray("duplicates");
        report.duplicates().forEach(group -> group.forEach(duplicates.addArray()::add));
        ArrayNode counts = root.putArray("class_counts");
        report.classCounts().forEach(counts::add);
        root.put("skipped", report.manifest().skipped().size());
        return root;
    }
}
