package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Candidates are scored by the run's classifier, which is trained where it is not. */
final class ClassifierScoring implements CandidateScoring {
    private final DataStage data;
    private final ClassifierStage training;
    private final ClassifierStage classifier;

    /**
     * @param training shows its progress
     * @param classifier shows none: a sweep has a line for each candidate
     */
    ClassifierScoring(DataStage data, ClassifierStage training, ClassifierStage classifier) {
        this.data = data;
        this.training = training;
        this.classifier = classifier;
    }

    @Override
    public void prepare() throws IOException {
        data.requirePictures();
        try (ClassifierStage first = training) {
            first.prepare();
        }
    }

    @Override
    public String hash() throws IOException {
        return classifier.hash();
    }

    @Override
    public Map<String, Double> score(String name, Path samples, int... labels) throws IOException {
        return RecordedMetrics.of(classifier.score(name, SamplingStage.read(samples), labels));
    }

    @Override
    public void close() {
        classifier.close();
    }
}
