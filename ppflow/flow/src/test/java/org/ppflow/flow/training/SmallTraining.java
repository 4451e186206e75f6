package org.ppflow.flow.training;

import java.nio.file.Path;
import java.util.List;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.SessionOptions;

/** A network small enough to train in a test, on made-up latents. */
final class SmallTraining {
    static final DitConfig CONFIG =
            new DitConfig(4, 8, 8, 2, 16, 2, 4, 3, 0.1, false, true, PositionAlignment.TOP_LEFT);

    private SmallTraining() {}

    static TrainingGraph graph(LevelSchedule schedule, int batch) {
        return graph(schedule, batch, StepOptions.PAPER);
    }

    static TrainingGraph graph(LevelSchedule schedule, int batch, StepOptions step) {
        return graph(schedule, batch, step, SessionOptions.DEFAULT.withThreads(1));
    }

    static TrainingGraph graph(LevelSchedule schedule, int batch, StepOptions step, SessionOptions options) {
        return new TrainingGraph(
                CONFIG,
                schedule,
                BatchPlan.split(schedule, batch),
                step,
                AdamW.Constants.PAPER,
                List.of("ema"),
                options);
    }

    static BatchDraw draw(LevelSchedule schedule, int batch) {
        return new BatchDraw(7, schedule, BatchPlan.split(schedule, batch), 0.1, CONFIG.nullClass());
    }

    static LatentBatch latents(long step, int rows) {
        FloatArray latents = FloatArray.zeros(rows, 4, 8, 8);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            RandomStream stream = RandomStream.of(3, Purpose.TEST, row, step);
            labels[row] = stream.nextInt(3);
            stream.fillGaussian(latents.values(), row * 256, (row + 1) * 256);
        }
        return new LatentBatch(latents, labels);
    }

    static Trainer trainer(
            TrainingGraph graph,
            LevelSchedule schedule,
            int batch,
            long steps,
            Path folder,
            TrainingListener listener) {
        TrainingOptions options = new TrainingOptions(
                7,
                steps,
                LearningRate.of(1e-2, 3, 0.3, LearningRate.Decay.LINEAR, 20),
                List.of(WeightAverage.exponential(0.9, true)),
                4,
                0,
                OnNotFinite.END);
        return new Trainer(
                graph,
                draw(schedule, batch),
                SmallTraining::latents,
                options,
                new Checkpoints(folder, new ModelDescription(CONFIG, schedule), List.of("ema-0.9"), 2, 0),
                List.of(listener));
    }
}
