package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.array.FloatArray;

class TrainerTest {
    private static final int BATCH = 8;
    private static final long STEPS = 13;

    @TempDir
    private Path folder;

    @Test
    void killedRun_goesOnWithTheSameLossesAndEndsWithTheSameWeights() throws IOException {
        List<Double> undisturbed = new ArrayList<>();
        List<FloatArray> expected = train(folder.resolve("undisturbed"), Long.MAX_VALUE, undisturbed);
        List<Double> disturbed = new ArrayList<>();
        assertThatThrownBy(() -> train(folder.resolve("killed"), 7, disturbed)).hasMessage("killed");
        assertThat(disturbed).isEqualTo(undisturbed.subList(0, 7));
        List<Double> resumed = new ArrayList<>();
        List<FloatArray> weights = train(folder.resolve("killed"), Long.MAX_VALUE, resumed);
        // The newest checkpoint was that of step 4.
        assertThat(resumed).isEqualTo(undisturbed.subList(4, 13));
        assertThat(weights).isEqualTo(expected);
    }

    @Test
    void damagedNewestCheckpoint_isSetAsideAndTheOneBeforeIsUsed() throws IOException {
        List<Double> undisturbed = new ArrayList<>();
        List<FloatArray> expected = train(folder, Long.MAX_VALUE, undisturbed);
        Path newest = folder.resolve("00000013");
        Path damaged = newest.resolve("optimizer.safetensors");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        List<Double> resumed = new ArrayList<>();
        assertThat(train(folder, Long.MAX_VALUE, resumed)).isEqualTo(expected);
        assertThat(resumed).isEqualTo(undisturbed.subList(12, 13));
        assertThat(folder.resolve("00000013.damaged")).isDirectory();
    }

    @Test
    void finishedRun_trainsNoFurther() throws IOException {
        List<FloatArray> expected = train(folder, Long.MAX_VALUE, new ArrayList<>());
        List<Double> losses = new ArrayList<>();
        assertThat(train(folder, Long.MAX_VALUE, losses)).isEqualTo(expected);
        assertThat(losses).isEmpty();
    }

    @Test
    void checkpoints_keepsTheLastTwo() throws IOException {
        train(folder, Long.MAX_VALUE, new ArrayList<>());
        try (var entries = Files.list(folder)) {
            assertThat(entries.map(path -> path.getFileName().toString()).sorted())
                    .containsExactly("00000012", "00000013");
        }
        try (var entries = Files.list(folder.resolve("00000013"))) {
            assertThat(entries.map(path -> path.getFileName().toString()).sorted())
                    .containsExactly("ema-0.9.safetensors", "model.safetensors", "optimizer.safetensors", "state.json");
        }
    }

    @Test
    void askedToStop_savesTheStepAndGoesOnFromIt() throws IOException {
        List<Double> undisturbed = new ArrayList<>();
        List<FloatArray> expected = train(folder.resolve("whole"), Long.MAX_VALUE, undisturbed);
        LevelSchedule schedule = LevelSchedule.PPF_2;
        List<Double> losses = new ArrayList<>();
        try (TrainingGraph graph = SmallTraining.graph(schedule, BATCH)) {
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                    losses.add(report.loss());
                }
            };
            Trainer endless = SmallTraining.trainer(graph, schedule, BATCH, STEPS, folder.resolve("stopped"), listener);
            // Checkpoints are due every 4 steps; it is asked after the 6th.
            Trainer stopped = new Trainer(
                    graph,
                    endless.start(),
                    endless.draw(),
                    endless.source(),
                    endless.options(),
                    endless.checkpoints(),
                    endless.listeners(),
                    () -> losses.size() == 6);
            assertThatThrownBy(stopped::train)
                    .isInstanceOf(StoppedException.class)
                    .hasMessageContaining("step 6 is saved");
        }
        List<FloatArray> actual = train(folder.resolve("stopped"), Long.MAX_VALUE, losses);
        assertThat(losses).isEqualTo(undisturbed);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void notANumber_endsTheRunAndNamesTheRows() {
        LevelSchedule schedule = LevelSchedule.PPF_2;
        try (TrainingGraph graph = SmallTraining.graph(schedule, BATCH)) {
            Trainer sound = SmallTraining.trainer(graph, schedule, BATCH, STEPS, folder, new TrainingListener() {});
            LatentSource poisoned = (step, rows) -> {
                LatentBatch batch = SmallTraining.latents(step, rows);
                if (step == 2) {
                    batch.latents().values()[3 * 256 + 5] = Float.NaN;
                }
                return batch;
            };
            Trainer trainer =
                    new Trainer(graph, sound.draw(), poisoned, sound.options(), sound.checkpoints(), sound.listeners());
            assertThatThrownBy(trainer::train)
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("step 3")
                    .hasMessageContaining("rows [3]");
        }
    }

    private List<FloatArray> train(Path checkpoints, long killAfter, List<Double> losses) throws IOException {
        LevelSchedule schedule = LevelSchedule.PPF_2;
        try (TrainingGraph graph = SmallTraining.graph(schedule, BATCH)) {
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                    losses.add(report.loss());
                    if (report.step() == killAfter) {
                        throw new IllegalStateException("killed");
                    }
                }
            };
            SmallTraining.trainer(graph, schedule, BATCH, STEPS, checkpoints, listener)
                    .train();
            List<FloatArray> values =
                    new ArrayList<>(graph.session().read(graph.model().variables()));
            values.addAll(graph.session().read(graph.ema().variables()));
            return values;
        }
    }
}
