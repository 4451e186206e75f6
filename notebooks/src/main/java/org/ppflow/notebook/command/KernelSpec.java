package org.ppflow.notebook.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ppflow.app.command.Home;
import org.ppflow.app.command.KernelFolders;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Jupyter reads to start the kernel: {@code bin/ppflow} of this folder, by this Java.
 *
 * @param launcher absolute path of {@code bin/ppflow}
 * @param environment variables of the kernel
 */
record KernelSpec(Path launcher, Map<String, String> environment) {
    /** Name of the folder, and of the kernel in notebooks. */
    static final String NAME = KernelFolders.OURS;

    /** What people choose by. */
    static final String DISPLAY_NAME = "PPFlow (Java)";

    private static final String FILE = "kernel.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    KernelSpec {
        environment = Map.copyOf(environment);
    }

    /**
     * The kernel of the toolkit that runs.
     *
     * @throws BadInputException if its launcher is not there
     */
    static KernelSpec here() {
        Path launcher =
                Home.folder().resolve("bin").resolve("ppflow").toAbsolutePath().normalize();
        if (!Files.isExecutable(launcher)) {
            throw BadInputException.at(launcher.toString())
                    .found("no launcher that can be started")
                    .expected("bin/ppflow, which Jupyter starts the kernel with")
                    .advice("start this command by bin/ppflow")
                    .build();
        }
        // Jupyter may be started where another Java comes first.
        Map<String, String> environment = new TreeMap<>(Map.of("JAVA_HOME", System.getProperty("java.home", "")));
        Optional.ofNullable(System.getenv("PPFLOW_JAVA_OPTS"))
                .ifPresent(options -> environment.put("PPFLOW_JAVA_OPTS", options));
        return new KernelSpec(launcher, environment);
    }

    /** As Jupyter reads it. */
    String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("argv")
                .add(launcher.toString())
                .add("notebook")
                .add("kernel")
                .add("{connection_file}");
        root.put("display_name", DISPLAY_NAME);
        root.put("language", "java");
        // Java ends at SIGINT before Jupyter's own ways come to it; messages are heard while a cell runs.
        root.put("interrupt_mode", "message");
        ObjectNode variables = root.putObject("env");
        new TreeMap<>(environment).forEach(variables::put);
        return JSON.writeValueAsString(root) + "\n";
    }

    /**
     * Writes it.
     *
     * @param kernels folder of kernel specs
     * @return its own folder in there
     */
    Path writeTo(Path kernels) throws IOException {
        Path folder = kernels.resolve(NAME);
        AtomicFiles.writeText(folder.resolve(FILE), toJson());
        return folder;
    }

    /** Whether one is there. */
    static boolean isIn(Path kernels) {
        return Files.isRegularFile(kernels.resolve(NAME).resolve(FILE));
    }

    /** Removes it. */
    static void removeFrom(Path kernels) throws IOException {
        AtomicFiles.deleteRecursively(kernels.resolve(NAME));
    }
}
