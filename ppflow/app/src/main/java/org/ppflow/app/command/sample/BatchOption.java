package org.ppflow.app.command.sample;

import java.io.PrintWriter;
import java.util.Optional;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** How many samples pass the network together; a picocli mixin. */
final class BatchOption {
    private static final String AUTO = "auto";

    @Option(
            names = "--batch",
            paramLabel = "N|auto",
            defaultValue = "16",
            description =
                    "Samples that pass the network together, recorded with the samples (default: ${DEFAULT-VALUE}); auto measures"
                            + " which is fastest here. Another batch changes the last digits.")
    private String batch = "16";

    /**
     * Rows of the network's batch; empty where they are to be measured.
     *
     * @throws BadInputException if it is no number from 1 to 65536
     */
    Optional<Integer> rows() {
        if (batch.equals(AUTO)) {
            return Optional.empty();
        }
        try {
            int rows = Integer.parseInt(batch);
            if (rows >= 1 && rows <= 65_536) {
                return Optional.of(rows);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BadInputException.at("--batch " + batch)
                .found("no batch")
                .expected("a number from 1 to 65536, or " + AUTO)
                .build();
    }

    /** Measures the batch that is fastest here, and says it. */
    static int fastest(SamplingGraph graph, long samples, PrintWriter err) {
        int fastest = FastestBatch.of(graph, graph.description(), samples);
        err.println("batch " + fastest + " is fastest here");
        err.flush();
        return fastest;
    }
}
