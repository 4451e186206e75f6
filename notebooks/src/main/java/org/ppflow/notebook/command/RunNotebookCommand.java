package org.ppflow.notebook.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.notebook.kernel.KernelProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code ppflow notebook run FILE}. */
@Command(
        name = "run",
        description =
                "Execute a notebook from top to bottom, without a browser, by your Jupyter (nbclient). The kernel need not be installed.",
        footer = {
            "",
            "The file is written when all cells have run, or one has failed: then with the outputs of the cells before and the error.",
            "",
            "Example: ppflow notebook run notebooks/02-patch-levels.ipynb --output levels.ipynb"
        })
final class RunNotebookCommand implements Callable<Integer> {
    /** Of execute.py: a cell failed, and the result is written all the same. */
    private static final int CELL_FAILED = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The notebook, an .ipynb file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path notebook;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the executed notebook goes (default: FILE itself).")
    private @Nullable Path output;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "Folder that cells run in, where runs/ appears; made where it is not there (default: that of the notebook).")
    private @Nullable Path folder;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description =
                    "A Python that has nbclient (default: that of jupyter on the path, else the active environment's, else python3).")
    private @Nullable Path python;

    @Override
    public Integer call() throws IOException {
        requireNotebook();
        Path target = output == null ? notebook : output;
        OutputPlace.requireFile("--output", target);
        Path cells = folder == null ? aboveOf(notebook) : folder;
        OutputPlace.requireFolder("--folder", cells);
        if (python != null && (!Files.isExecutable(python) || Files.isDirectory(python))) {
            throw BadInputException.at("--python " + python)
                    .found(Files.isDirectory(python) ? "a folder" : "no program")
                    .expected("a Python with nbclient, as bin/python3 of an environment with Jupyter")
                    .build();
        }
        KernelProcess.requireJShell();
        Path executor = Jupyter.here().executor(Optional.ofNullable(python));
        Path data = Files.createTempDirectory("ppflow-jupyter");
        try {
            KernelSpec.here().writeTo(data.resolve("kernels"));
            Files.createDirectories(cells);
            Files.createDirectories(aboveOf(target));
            int code = execute(executor, data, target, cells);
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            switch (code) {
                case 0 -> out.println(target + ": all cells have run");
                case CELL_FAILED -> err.println(target + ": written, with the error in its cell");
                default -> err.println(target + ": not written");
            }
            out.flush();
            err.flush();
            return code == 0 ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            AtomicFiles.deleteRecursively(data);
        }
    }

    private static Path aboveOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    private void requireNotebook() throws IOException {
        if (!Files.isRegularFile(notebook)) {
            throw BadInputException.at(notebook.toString())
                    .found(Files.isDirectory(notebook) ? "a folder" : "no such file")
                    .expected("a notebook, an .ipynb file")
                    .build();
        }
        try {
            if (JsonMapper.shared()
                    .readTree(Files.readString(notebook))
                    .path("cells")
                    .isArray()) {
                return;
            }
        } catch (JacksonException | MalformedInputException e) {
            // said below
        }
        throw BadInputException.at(notebook.toString())
                .found("no JSON with cells")
                .expected("a notebook, an .ipynb file, as Jupyter saves it")
                .build();
    }

    private int execute(Path executor, Path data, Path target, Path cells) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                executor.toString(),
                "-c",
                script(),
                notebook.toAbsolutePath().toString(),
                target.toAbsolutePath().toString(),
                cells.toAbsolutePath().toString());
        String known = builder.environment().get("JUPYTER_PATH");
        builder.environment()
                .put("JUPYTER_PATH", known == null ? data.toString() : data + java.io.File.pathSeparator + known);
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(false)
                .start();
        try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                spec.commandLine().getErr().println(line);
                spec.commandLine().getErr().flush();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(notebook + " was interrupted", e);
        }
    }

    private static String script() throws IOException {
        try (InputStream in = RunNotebookCommand.class.getResourceAsStream("execute.py")) {
            if (in == null) {
                throw new IllegalStateException("execute.py is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
