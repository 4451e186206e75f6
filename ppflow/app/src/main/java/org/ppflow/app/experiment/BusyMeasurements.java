package org.ppflow.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.load.BusyMachine;
import org.ppflow.app.load.OtherLoad;

/** Which speeds of a run were measured on a machine that others used. Figures of versions that did not watch say nothing. */
final class BusyMeasurements {
    private static final String RATIOS =
            "a speed ratio with a question mark does not hold: other programs used the machine while one of its two speeds was measured;"
                    + " the line by FLOPs is counted";

    private BusyMeasurements() {}

    /** A sentence for each training and each sampling that was disturbed, and one for ratios of their speeds. */
    static List<String> of(List<ModelResult> results) {
        List<String> cautions = new ArrayList<>();
        for (ModelResult result : results) {
            cautions.addAll(ofTraining(result.plan(), result.training()));
            cautions.addAll(ofSampling(result.plan(), result.sampling()));
        }
        if (results.size() > 1 && !cautions.isEmpty()) {
            cautions.add(RATIOS);
        }
        return cautions;
    }

    /** Whether either of two speeds was disturbed. */
    static boolean either(@Nullable OtherLoad one, @Nullable OtherLoad other) {
        return BusyMachine.isBusy(share(one)) || BusyMachine.isBusy(share(other));
    }

    static List<String> ofTraining(ModelPlan plan, TrainingStage.Figures training) {
        return BusyMachine.caution(share(training.otherLoad()), plan.name() + " trained", "its images/s are").stream()
                .toList();
    }

    static List<String> ofSampling(ModelPlan plan, SamplingStage.Figures sampling) {
        return BusyMachine.caution(share(sampling.otherLoad()), plan.name() + " was sampled", "its samples/s are")
                .stream()
                .toList();
    }

    /** Share of the processors that others took; empty where nobody watched. */
    static OptionalDouble share(@Nullable OtherLoad load) {
        return load == null ? OptionalDouble.empty() : load.share();
    }
}
