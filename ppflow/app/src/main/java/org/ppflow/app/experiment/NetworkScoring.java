package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Candidates are scored as {@code evaluate} does, by the network and against the reference that the config names. */
record NetworkScoring(NetworkStage network, ModelPlan model) implements CandidateScoring {
    @Override
    public void prepare() throws IOException {
        network.require(model);
    }

    @Override
    public String hash() throws IOException {
        return network.hash();
    }

    @Override
    public Map<String, Double> score(String name, Path samples, int... labels) throws IOException {
        return RecordedMetrics.of(network.score(samples));
    }

    /** Network and reference are opened for each candidate alone: what they gave is in the cache. */
    @Override
    public void close() {}
}
