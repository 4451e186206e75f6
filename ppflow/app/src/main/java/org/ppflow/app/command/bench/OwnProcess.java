package org.ppflow.app.command.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.Main;
import org.ppflow.app.console.Program;
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
        Outcome outcome = run(arguments, Writer.nullWriter());
        if (outcome.code() != 0
                || !outcome.rows().path(0).path("peak_memory_mb").isNumber()) {
            throw new IOException(Program.line(arguments) + " failed in a process of its own; run it to see why");
        }
        return outcome.rows().path(0).get("peak_memory_mb").asDouble();
    }

    /**
     * How a process ended.
     *
     * @param code it ended with
     * @param rows that it wrote; missing where it failed
     */
    record Outcome(int code, JsonNode rows) {}

    /**
     * Runs it.
     *
     * @param arguments of ppflow, of a bench that writes rows as JSON to standard output
     * @param err takes its standard error as it comes
     */
    static Outcome run(List<String> arguments, Writer err) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).start();
        Thread relay = new Thread(() -> relay(process, err), "standard-error");
        relay.setDaemon(true);
        try {
            relay.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            relay.join();
            return new Outcome(
                    code,
                    code == 0
                            ? JsonMapper.shared().readTree(out)
                            : JsonMapper.shared().missingNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while measuring in another process", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** As characters come, not lines: a progress bar ends none. */
    private static void relay(Process process, Writer err) {
        char[] some = new char[1024];
        try (Reader reader = process.errorReader()) {
            for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
                err.write(some, 0, count);
                err.flush();
            }
        } catch (IOException e) {
            // What it had to say is lost; its exit code is not.
        }
    }
}
