package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.console.Program;
import org.ppflow.app.experiment.ReportPage;
import org.ppflow.app.experiment.RunReading;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow report RUN...}. */
@Command(
        name = "report",
        description =
                "Write an HTML page of a run, or of several with an overview before them. It needs no network and nothing beside it, and only reads: a run may"
                        + " go on meanwhile. What a run does not have yet is named with the command that makes it.",
        footer = {
            "",
            "Example: ppflow report runs/quickstart",
            "         ppflow report runs/quickstart runs/deeper --output both.html",
            "         ppflow report runs/mnist-table1"
        })
public final class ReportCommand implements SubCommand {
    private static final String PAGE = "report.html";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "Folder of a run, or of a grid, which stands for all runs in it.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The page (default: report.html in the folder; of several folders, where you are).")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        if (output != null) {
            OutputPlace.requireFile("--output", output);
        }
        List<Path> runs = new ArrayList<>();
        for (Path folder : folders) {
            Path plain = folder.normalize();
            for (Path run : runsOf(plain.toString().isEmpty() ? Path.of(".") : plain)) {
                if (!runs.contains(run)) {
                    runs.add(run);
                }
            }
        }
        List<RunReading> readings = new ArrayList<>();
        for (Path run : runs) {
            readings.add(RunReading.open(run));
        }
        Path page = output == null ? usual() : output;
        OutputPlace.requireFile("--output", page);
        AtomicFiles.writeText(page, ReportPage.of(readings, again()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(page);
        out.flush();
        return ExitCode.DONE;
    }

    private Path usual() {
        return folders.size() == 1 ? folders.get(0).resolve(PAGE) : Path.of(PAGE);
    }

    private String again() {
        List<String> words = new ArrayList<>(List.of("report"));
        folders.forEach(folder -> words.add(folder.toString()));
        if (output != null) {
            words.addAll(List.of("--output", output.toString()));
        }
        boolean relative =
                folders.stream().anyMatch(folder -> !folder.isAbsolute()) || (output != null && !output.isAbsolute());
        return Program.lineForLater(words, relative);
    }

    private static List<Path> runsOf(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw BadInputException.at(folder.toString())
                    .found(Files.exists(folder) ? "found a file" : "found nothing")
                    .expected("the folder of a run, as runs/quickstart")
                    .advice("'" + Program.line("quickstart") + "' makes one")
                    .build();
        }
        if (RunReading.isRun(folder)) {
            return List.of(folder);
        }
        List<Path> below;
        try (Stream<Path> all = Files.list(folder)) {
            below = all.filter(RunReading::isRun).sorted().toList();
        }
        if (below.isEmpty()) {
            throw BadInputException.at(folder.toString())
                    .found("found no config.yaml in it or in a folder of it")
                    .expected("the folder of a run or of a grid")
                    .build();
        }
        return below;
    }
}
