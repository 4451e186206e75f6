package org.ppflow.app.command.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs a bench in a process of its own, with this one's Java, flags and class path: only so is its memory its own. */
final class OwnProcess {
    private OwnProcess() {}

    /**
     * Runs it.
     *
     * @param arguments of ppflow, of a bench that writes rows with {@code peak_memory_mb} as JSON to standard output
     * @return the first row's, MiB
     */
    static double peakMegabytes(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        try {
            JsonNode rows = JsonMapper.shared()
                    .readTree(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (process.waitFor() != 0 || !rows.path(0).path("peak_memory_mb").isNumber()) {
                throw new IOException(
                        "ppflow " + String.join(" ", arguments) + " failed in a process of its own; run it to see why");
            }
            return rows.path(0).get("peak_memory_mb").asDouble();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while measuring memory", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
