package org.ppflow.app.experiment;

import org.jspecify.annotations.Nullable;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.table.Cell;

/**
 * A measured speed over that of the model that others are compared with.
 *
 * @param speed images/s
 * @param load what other programs took meanwhile; null where nobody watched
 * @param base images/s of the model compared with
 * @param baseLoad what other programs took then
 */
record SpeedRatio(
        double speed,
        @Nullable OtherLoad load,
        double base,
        @Nullable OtherLoad baseLoad) {
    static SpeedRatio ofTraining(ModelResult result, ModelResult base) {
        TrainingStage.Figures one = result.training();
        TrainingStage.Figures other = base.training();
        return new SpeedRatio(one.imagesPerSecond(), one.otherLoad(), other.imagesPerSecond(), other.otherLoad());
    }

    static SpeedRatio ofSampling(ModelResult result, ModelResult base) {
        SamplingStage.Figures one = result.sampling();
        SamplingStage.Figures other = base.sampling();
        return new SpeedRatio(one.samplesPerSecond(), one.otherLoad(), other.samplesPerSecond(), other.otherLoad());
    }

    /** {@code 1.47×}; with a question mark where others used the machine during either measurement, since then it does not hold. */
    Cell cell() {
        Cell factor = Cell.factor(speed / base);
        return BusyMeasurements.either(load, baseLoad) ? factor.doubted() : factor;
    }
}
