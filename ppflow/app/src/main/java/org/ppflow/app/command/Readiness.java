package org.ppflow.app.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.console.Program;

/**
 * Whether what a part of the toolkit needs from the machine is there.
 *
 * @param ready whether nothing is missing
 * @param found what is there
 * @param missing what is not, and what to type for it; empty where nothing is
 */
record Readiness(boolean ready, String found, List<String> missing) {
    private static final int PATIENCE_SECONDS = 20;

    Readiness {
        missing = List.copyOf(missing);
    }

    private static Readiness of(List<String> found, List<String> missing) {
        return new Readiness(missing.isEmpty(), found.isEmpty() ? "nothing" : String.join(", ", found), missing);
    }

    /** Notebooks: Jupyter, which is the user's; the Java kernel, which {@code notebook install} brings; and JShell, which a JDK has. */
    static Readiness ofNotebooks() {
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        if (ModuleLayer.boot().findModule("jdk.jshell").isPresent()) {
            found.add("JShell");
        } else {
            missing.add(
                    "a JDK in place of a JRE, for JShell: on Debian or Ubuntu sudo apt install openjdk-17-jdk-headless");
        }
        Optional<Path> python = onPath("python3");
        Optional<Path> jupyter = onPath("jupyter");
        jupyter.ifPresent(path -> found.add("Jupyter at " + path));
        if (jupyter.isEmpty()) {
            missing.add(
                    (python.isEmpty() ? "python3 (sudo apt install python3 python3-venv) and Jupyter: " : "Jupyter: ")
                            + "python3 -m venv ~/jupyter && ~/jupyter/bin/pip install jupyterlab, and ~/jupyter/bin on the PATH");
        }
        Optional<Path> kernel = KernelFolders.here().installed();
        kernel.ifPresent(path -> found.add("the Java kernel at " + path));
        if (kernel.isEmpty()) {
            missing.add("the Java kernel: " + Program.line("notebook", "install"));
        }
        return of(found, missing);
    }

    /** The checks of tests/interop, that Python reads what is written here. */
    static Readiness ofInterop() {
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Optional<Path> python = onPath("python3");
        if (python.isEmpty()) {
            missing.add(
                    "python3: on Debian or Ubuntu sudo apt install python3 python3-venv; on macOS brew install python");
            return of(found, missing);
        }
        String version = answer(python.get(), "--version");
        found.add(version == null ? "python3 at " + python.get() : version);
        if (answer(python.get(), "-c", "import venv, ensurepip; print('venv')") == null) {
            missing.add("python3's venv: on Debian or Ubuntu sudo apt install python3-venv");
        } else {
            found.add("venv");
        }
        return of(found, missing);
    }

    /** For people, after the first word of a line; what is missing stands on lines of its own. */
    String text() {
        StringBuilder text = new StringBuilder(ready ? "ready: " : "not ready: found ").append(found);
        missing.forEach(one -> text.append(System.lineSeparator())
                .append(" ".repeat(14))
                .append("missing: ")
                .append(one));
        return text.toString();
    }

    /** A program on the PATH. */
    static Optional<Path> onPath(String program) {
        String path = System.getenv("PATH");
        return path == null ? Optional.empty() : onPath(program, path);
    }

    static Optional<Path> onPath(String program, String path) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .filter(file -> !Files.isDirectory(file))
                .findFirst();
    }

    /** First line that a program writes; null where it fails or does not end. */
    private static @Nullable String answer(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return null;
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return null;
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IOException e) {
            return null;
        } finally {
            process.destroyForcibly();
        }
    }
}
