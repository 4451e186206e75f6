package org.ppflow.flow.training;

import java.util.Optional;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.pyramid.PyramidPath;
import org.ppflow.flow.pyramid.Stage;
import org.ppflow.flow.transport.LossWeight;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.TrainingTarget;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Draws what a step trains on. Time, noise and label dropout of a row are pure functions of (seed, step, row): nothing is left
 * over from step to step, and no row knows of another.
 *
 * @param seed the run's seed
 * @param schedule levels
 * @param plan rows of each level
 * @param labelDropout probability that a label becomes the null class, in [0, 1]
 * @param nullClass index of the null class
 * @param transport path and prediction
 * @param weight of the loss where noise or score is predicted
 */
public record BatchDraw(
        long seed,
        LevelSchedule schedule,
        BatchPlan plan,
        double labelDropout,
        int nullClass,
        Transport transport,
        LossWeight weight) {
    public BatchDraw {
        if (!(labelDropout >= 0 && labelDropout <= 1)) {
            throw new IllegalArgumentException("label dropout " + labelDropout + " must be in [0, 1]");
        }
        if (plan.counts().size() != schedule.count()) {
            throw new IllegalArgumentException(
                    "the plan has " + plan.counts().size() + " levels, the schedule " + schedule.count());
        }
        if (schedule.representation().isPyramid() && !transport.equals(Transport.DEFAULT)) {
            throw new IllegalArgumentException(
                    "the stages of a pyramid are " + Transport.DEFAULT + ", not " + transport);
        }
    }

    /** Velocity on the linear path. */
    public BatchDraw(long seed, LevelSchedule schedule, BatchPlan plan, double labelDropout, int nullClass) {
        this(seed, schedule, plan, labelDropout, nullClass, Transport.DEFAULT, LossWeight.NONE);
    }

    /**
     * Time of a row: uniform inside its stratum. The n rows of a level share it in n equal strata, one row each, so every
     * step covers the level evenly. The first and the last level keep to the path's interval. In a pyramid it is the stage's time that is
     * shared out.
     */
    public double time(long step, int row) {
        int index = plan.levelOf(row);
        PatchLevel level = schedule.level(index);
        Optional<Stage> stage = PyramidPath.of(schedule).map(path -> path.stage(index));
        int rank = row - plan.offset(index);
        double uniform = RandomStream.of(seed, Purpose.TIME, row, step).nextDouble();
        TimeInterval interval = TimeInterval.training(transport, TimeInterval.trainingEps(transport));
        double start = Math.max(stage.map(Stage::start).orElse(level.start()), interval.from());
        double end = Math.min(stage.map(Stage::end).orElse(level.end()), interval.to());
        double t = start + (end - start) * (rank + uniform) / plan.count(index);
        // Rounding must not lift a time into the next level.
        return Math.min(t, Math.nextDown(end));
    }

    /** The step's batch, of plan().batch() rows of data. */
    public TrainingBatch draw(long step, LatentBatch data) {
        FloatArray latents = data.latents();
        int rows = latents.rows();
        if (rows != plan.batch()) {
            throw new IllegalArgumentException("the plan needs " + plan.batch() + " rows, got " + rows);
        }
        int size = latents.rowSize();
        float[] noise = new float[latents.values().length];
        float[] position = new float[noise.length];
        float[] target = new float[noise.length];
        float[] scales = new float[rows];
        float[] weights = new float[rows];
        float[] times = new float[rows];
        int[] labels = data.labels().clone();
        Optional<PyramidPath> pyramid = PyramidPath.of(schedule);
        for (int row = 0; row < rows; row++) {
            int offset = row * size;
            RandomStream.of(seed, Purpose.TRAINING_NOISE, row, step).fillGaussian(noise, offset, offset + size);
            double t = time(step, row);
            times[row] = (float) t;
            TrainingTarget loss = pyramid.isEmpty()
                    ? transport.write(latents.values(), noise, t, position, target, offset, size, weight)
                    : stageTarget(
                            pyramid.get(), row, t, latents.values(), noise, position, target, offset, latents.shape());
            scales[row] = (float) loss.scale();
            weights[row] = (float) loss.weight();
            if (RandomStream.of(seed, Purpose.LABEL_DROPOUT, row, step).nextDouble() < labelDropout) {
                labels[row] = nullClass;
            }
        }
        return new TrainingBatch(
                new FloatArray(latents.shape(), position),
                new FloatArray(latents.shape(), target),
                FloatArray.vector(times),
                labels,
                FloatArray.vector(scales),
                FloatArray.vector(weights));
    }

    /** The loss of a stage of a pyramid is that of dx/dτ as it is. */
    private TrainingTarget stageTarget(
            PyramidPath path,
            int row,
            double t,
            float[] data,
            float[] noise,
            float[] position,
            float[] target,
            int offset,
            int... shape) {
        path.write(plan.levelOf(row), t, data, noise, position, target, offset, shape);
        return new TrainingTarget(1, 1);
    }
}
