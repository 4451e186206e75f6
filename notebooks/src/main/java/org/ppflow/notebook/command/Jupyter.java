package org.ppflow.notebook.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.app.command.KernelFolders;
import org.ppflow.nn.errors.BadInputException;

/**
 * The Jupyter of the person, if there is one.
 *
 * @param environment variables, as of {@link System#getenv}
 * @param kernels where it looks for kernels
 */
record Jupyter(Map<String, String> environment, KernelFolders kernels) {
    /** How to get it. */
    static final String HOW = """
            Jupyter is not a part of PPFlow; to get it:
              python3 -m venv ~/jupyter && ~/jupyter/bin/pip install jupyterlab     then ~/jupyter/bin/jupyter lab
              or, on Debian and Ubuntu: sudo apt install jupyter-notebook           then jupyter notebook""";

    Jupyter {
        environment = Map.copyOf(environment);
    }

    /** The one of this process's environment. */
    static Jupyter here() {
        return new Jupyter(System.getenv(), KernelFolders.here());
    }

    /** A program on the path. */
    Optional<Path> program(String name) {
        String path = environment.getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Whether the person can start Jupyter by its name. */
    boolean isThere() {
        return program("jupyter").isPresent();
    }

    /** Python programs that may have Jupyter, the likeliest first: that which {@code jupyter} runs on, the environment that is active, {@code python3}. */
    List<Path> pythons() {
        List<Path> found = new ArrayList<>();
        program("jupyter").flatMap(Jupyter::interpreter).ifPresent(found::add);
        kernels.prefixes().stream()
                .map(prefix -> prefix.resolve("bin/python"))
                .filter(Files::isExecutable)
                .forEach(found::add);
        program("python3").ifPresent(found::add);
        return found.stream().distinct().toList();
    }

    /** What the first line of a script names. */
    private static Optional<Path> interpreter(Path script) {
        try (Stream<String> lines = Files.lines(script, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst()
                    .filter(line -> line.startsWith("#!/"))
                    .map(line -> Path.of(line.substring(2).strip().split(" ", 2)[0]))
                    .filter(file -> Files.isExecutable(file)
                            && String.valueOf(file.getFileName()).startsWith("python"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The Python environment that is active.
     *
     * @throws BadInputException if there is no Python
     */
    Path systemPrefix() throws IOException {
        for (Path python : pythons()) {
            Optional<String> prefix = says(python, "import sys; print(sys.prefix)");
            if (prefix.isPresent()) {
                return Path.of(prefix.get());
            }
        }
        throw BadInputException.at("--sys-prefix")
                .found("no Python on the path")
                .expected("the Python environment of your Jupyter, active")
                .advice("activate it, or name its folder: --prefix DIR")
                .build();
    }

    /**
     * A Python that has nbclient, by which notebooks are executed.
     *
     * @throws BadInputException if there is none
     */
    Path executor(Optional<Path> named) throws IOException {
        List<Path> candidates = named.map(List::of).orElseGet(this::pythons);
        for (Path python : candidates) {
            if (says(python, "import nbclient, nbformat; print('yes')").isPresent()) {
                return python;
            }
        }
        throw BadInputException.at("notebook run")
                .found(candidates.isEmpty() ? "no Python" : "no nbclient in " + candidates)
                .expected("a Python with nbclient, which every Jupyter has")
                .advice("name one with --python FILE.\n" + HOW)
                .build();
    }

    /** What a line of Python prints; empty where it fails. */
    private static Optional<String> says(Path python, String code) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(python.toString(), "-c", code)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty(); // no program
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return process.waitFor() == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(python + " was interrupted", e);
        }
    }
}
