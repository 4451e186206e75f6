package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.app.run.CodeDifference;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepRecord;
import org.ppflow.nn.provenance.Code;

/**
 * The states of the code that the numbers of a run follow from, as the records of its steps say. Those of versions that did not look say nothing.
 *
 * @param run its folder
 */
record RunCodes(Path run) {
    /** Those that worked on a model's data, training and samples, each once, in that order. */
    List<Code> of(ModelPlan plan) throws IOException {
        List<Code> codes = new ArrayList<>();
        for (String step : List.of("data", TrainingStage.step(plan), SamplingStage.step(plan))) {
            for (Code code : ofStep(step)) {
                if (codes.stream().noneMatch(code::sameAs)) {
                    codes.add(code);
                }
            }
        }
        return codes;
    }

    private List<Code> ofStep(String step) throws IOException {
        return RunFolder.record(run, step).map(StepRecord::codes).orElse(List.of());
    }

    /** A sentence for each step of a model that was begun by other code than it was finished by. */
    List<String> cautions(ModelPlan plan) throws IOException {
        return Stream.concat(
                        caution("training of ", plan, TrainingStage.step(plan)).stream(),
                        caution("samples of ", plan, SamplingStage.step(plan)).stream())
                .toList();
    }

    private Optional<String> caution(String what, ModelPlan plan, String step) throws IOException {
        return new CodeDifference(ofStep(step))
                .text()
                .map(text -> what + plan.name() + ": " + text + "; the numbers follow from both");
    }

    /** The same of all models, and one where some were made by other code than others. */
    List<String> cautions(List<ModelPlan> plans) throws IOException {
        List<String> cautions = new ArrayList<>();
        Map<String, Code> last = new LinkedHashMap<>();
        for (ModelPlan plan : plans) {
            cautions.addAll(cautions(plan));
            List<Code> codes = ofStep(TrainingStage.step(plan));
            if (!codes.isEmpty()) {
                last.put(plan.name(), codes.get(codes.size() - 1));
            }
        }
        betweenModels(last).ifPresent(cautions::add);
        return cautions;
    }

    private static Optional<String> betweenModels(Map<String, Code> last) {
        Optional<Code> first = last.values().stream().findFirst();
        if (first.isEmpty() || last.values().stream().allMatch(first.get()::sameAs)) {
            return Optional.empty();
        }
        Stream<String> each = last.entrySet().stream()
                .map(model -> model.getKey() + " by that of " + model.getValue().title());
        return Optional.of("models were trained by different code: "
                + String.join(", ", each.toList())
                + new CodeDifference(List.copyOf(last.values())).where()
                + "; what they differ in may be due to that");
    }
}
