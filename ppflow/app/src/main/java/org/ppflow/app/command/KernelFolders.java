package org.ppflow.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Jupyter looks for kernels, as {@code jupyter --paths} has it.
 *
 * @param environment variables, as of {@link System#getenv}; an empty one is as none, as Jupyter takes it
 * @param home folder of the person
 * @param system name of the operating system, as of {@code os.name}
 */
public record KernelFolders(Map<String, String> environment, Path home, String system) {
    /** Name of the Java kernel's folder in there. */
    public static final String OURS = "ppflow";

    public KernelFolders {
        environment = Map.copyOf(environment);
    }

    /** Those of this process's environment. */
    public static KernelFolders here() {
        return new KernelFolders(
                System.getenv(), Path.of(System.getProperty("user.home", ".")), System.getProperty("os.name", ""));
    }

    /** The person's own. */
    public Path user() {
        return variable("JUPYTER_DATA_DIR").orElseGet(this::data).resolve("kernels");
    }

    private Path data() {
        String kind = system.toLowerCase(Locale.ROOT);
        if (kind.startsWith("mac")) {
            return home.resolve("Library/Jupyter");
        }
        return variable(kind.startsWith("windows") ? "APPDATA" : "XDG_DATA_HOME")
                .orElseGet(() -> home.resolve(".local/share"))
                .resolve("jupyter");
    }

    /** That of an installation. */
    public static Path of(Path prefix) {
        return prefix.resolve("share/jupyter/kernels");
    }

    /** The Python environments that are active, the likeliest first. */
    public List<Path> prefixes() {
        return Stream.of("VIRTUAL_ENV", "CONDA_PREFIX")
                .flatMap(name -> variable(name).stream())
                .toList();
    }

    /** Folder of the Java kernel, if the person has one or an environment that is active. */
    Optional<Path> installed() {
        return Stream.concat(Stream.of(user()), prefixes().stream().map(KernelFolders::of))
                .map(kernels -> kernels.resolve(OURS))
                .filter(kernel -> Files.isRegularFile(kernel.resolve("kernel.json")))
                .findFirst();
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
