package org.ppflow.app.command.completion;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.console.ShellLine;
import org.ppflow.nn.files.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppflow completion install}. */
@Command(
        name = "install",
        description = {
            "Write the completion script where the shell looks for your own; nothing else is changed.",
            "Install it again after the program has got new commands."
        },
        footer = {"", "Example: ppflow completion install", "         ppflow completion install --shell zsh"})
final class InstallCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--shell", paramLabel = "bash|zsh", description = "The shell (default: that of $SHELL, else bash).")
    private @Nullable Shell shell;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Folder of the script (default: bash-completion/completions, for zsh zsh/site-functions, in"
                    + " $XDG_DATA_HOME, else in ~/.local/share).")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException {
        Shell chosen = shell == null
                ? Shell.of(Optional.ofNullable(System.getenv("SHELL")).orElse(""))
                : shell;
        Path file = (folder == null ? chosen.folder(data()) : folder).resolve(chosen.fileName());
        OutputPlace.requireFile("--folder", file);
        AtomicFiles.writeText(file, chosen.script(spec.root().commandLine()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + " written");
        chosen.steps(file).forEach(out::println);
        out.println("To undo it: " + ShellLine.of("rm", file.toString()));
        out.flush();
        return ExitCode.DONE;
    }

    private static Path data() {
        String base = System.getenv("XDG_DATA_HOME");
        return base == null || base.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(base);
    }
}
