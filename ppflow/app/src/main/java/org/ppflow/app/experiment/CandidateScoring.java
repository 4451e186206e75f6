package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** How the samples of a sweep's candidates are scored; the sweep closes it. */
interface CandidateScoring extends AutoCloseable {
    /**
     * Makes what scores need, before the first sample.
     *
     * @throws org.ppflow.nn.errors.BadInputException if it is not there, or does not fit
     */
    void prepare() throws IOException;

    /** Changes when a score of the same samples may. */
    String hash() throws IOException;

    /**
     * Metrics by their recorded names.
     *
     * @param name of the candidate, for progress
     * @param samples npz of pictures
     * @param labels their classes
     */
    Map<String, Double> score(String name, Path samples, int... labels) throws IOException;

    @Override
    void close() throws IOException;
}
