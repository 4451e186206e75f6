package org.ppflow.nn.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks another program something that may go unanswered. */
final class ShortCommand {
    private static final long SECONDS = 5;

    private ShortCommand() {}

    /** Standard output of a program that ended with 0 within 5 s; empty if it is not there, failed or took longer. */
    static Optional<String> run(String... command) {
        try {
            // A file, not a pipe: a program that writes much cannot block, one that hangs cannot make us wait.
            Path output = Files.createTempFile("ppflow", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                return process.exitValue() == 0
                        ? Optional.of(new String(Files.readAllBytes(output), StandardCharsets.UTF_8))
                        : Optional.empty();
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
