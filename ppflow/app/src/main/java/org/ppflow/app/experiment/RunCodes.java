package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ppflow.app.run.RunFolder;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.CodeDifference;

/**
 * The states of the code that the numbers of a run follow from, as the records of its steps say.
 *
 * @param run its folder
 */
record RunCodes(Path run) {
    /** What is done for each model, with the words of a caution. */
    private enum Work {
        TRAINING("training of ", "models were trained"),
        SAMPLES("samples of ", "samples were drawn"),
        SCORES("scores of ", "scores were computed");

        private final String of;
        private final String passive;

        Work(String of, String passive) {
            this.of = of;
            this.passive = passive;
        }

        String step(ModelPlan plan) {
            return switch (this) {
                case TRAINING -> TrainingStage.step(plan);
                case SAMPLES -> SamplingStage.step(plan);
                case SCORES -> Scoring.step(plan);
            };
        }
    }

    /** Those that worked on a model's data, training, samples and scores, each once, in that order. */
    List<Code> of(ModelPlan plan) throws IOException {
        List<Code> codes = new ArrayList<>();
        for (String step : List.of(
                DataStage.STEP,
                TrainingStage.step(plan),
                SamplingStage.step(plan),
                ClassifierStage.STEP,
                Scoring.step(plan))) {
            for (Code code : RunFolder.codes(run, step)) {
                add(code, codes);
            }
        }
        return codes;
    }

    /** The one that finished a model's training; empty where nobody knows. */
    Optional<Code> trainedBy(ModelPlan plan) throws IOException {
        List<Code> codes = RunFolder.codes(run, TrainingStage.step(plan));
        return codes.isEmpty() ? Optional.empty() : Optional.of(codes.get(codes.size() - 1));
    }

    /** Of two that are the same the one that says more: a step that makes no scores does not name the code of scores. */
    private static void add(Code code, List<Code> codes) {
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i).sameAs(code)) {
                if (code.classes().size() > codes.get(i).classes().size()) {
                    codes.set(i, code);
                }
                return;
            }
        }
        codes.add(code);
    }

    /** A sentence where a model's training was begun by other code than it was finished by. */
    Optional<String> cautionOfTraining(ModelPlan plan) throws IOException {
        return caution(Work.TRAINING, plan);
    }

    /** The same of its samples. */
    Optional<String> cautionOfSamples(ModelPlan plan) throws IOException {
        return caution(Work.SAMPLES, plan);
    }

    private Optional<String> caution(Work work, ModelPlan plan) throws IOException {
        return new CodeDifference(RunFolder.codes(run, work.step(plan)))
                .text()
                .map(text -> work.of + plan.name() + ": " + text + "; the numbers follow from both");
    }

    /** All of these, and a sentence for each kind of work that other code did for some models than for others. */
    List<String> cautions(List<ModelPlan> plans) throws IOException {
        List<String> cautions = new ArrayList<>();
        for (ModelPlan plan : plans) {
            for (Work work : Work.values()) {
                caution(work, plan).ifPresent(cautions::add);
            }
        }
        for (Work work : Work.values()) {
            betweenModels(work, plans).ifPresent(cautions::add);
        }
        return cautions;
    }

    /** Of two models that are trained and sampled and not scored. */
    List<String> cautionsBetween(List<ModelPlan> plans) throws IOException {
        return Stream.concat(betweenModels(Work.TRAINING, plans).stream(), betweenModels(Work.SAMPLES, plans).stream())
                .toList();
    }

    private Optional<String> betweenModels(Work work, List<ModelPlan> plans) throws IOException {
        Map<String, Code> last = new LinkedHashMap<>();
        for (ModelPlan plan : plans) {
            List<Code> codes = RunFolder.codes(run, work.step(plan));
            if (!codes.isEmpty()) {
                last.put(plan.name(), codes.get(codes.size() - 1));
            }
        }
        List<Code> codes = List.copyOf(last.values());
        if (codes.isEmpty() || codes.stream().allMatch(codes.get(0)::sameAs)) {
            return Optional.empty();
        }
        return Optional.of(work.passive + " by different code: "
                + last.entrySet().stream()
                        .map(model -> model.getKey() + " by that of "
                                + model.getValue().title())
                        .collect(Collectors.joining(", "))
                + new CodeDifference(codes).where() + "; what they differ in may be due to that");
    }
}
