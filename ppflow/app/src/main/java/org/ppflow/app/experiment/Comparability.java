package org.ppflow.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ppflow.app.config.ExperimentConfig;

/** What keeps scores of runs from being compared, for a page that shows them in one table. */
final class Comparability {
    private Comparability() {}

    /** Sentences, none where all compare. */
    static List<String> cautions(List<ExperimentConfig> runs) {
        List<String> cautions = new ArrayList<>();
        List<List<Object>> judges =
                runs.stream().map(Comparability::judge).distinct().toList();
        if (judges.size() > 1) {
            cautions.add("These runs were not judged by the same network and reference"
                    + " (seed, data, classifier or evaluation differ): their distances do not compare.");
        }
        List<Integer> counts = runs.stream()
                .map(run -> run.sampling().count())
                .distinct()
                .sorted()
                .toList();
        if (counts.size() > 1) {
            cautions.add("Their samples are not equally many ("
                    + counts.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + "): a Fréchet distance is the larger the fewer samples there are.");
        }
        return cautions;
    }

    /** What the features of samples are compared with, and by what they are taken. */
    private static List<Object> judge(ExperimentConfig run) {
        return run.evaluation().byNetwork()
                ? List.of(run.evaluation().network(), run.evaluation().reference())
                : List.of(run.classifier(), run.seed(), run.data());
    }
}
