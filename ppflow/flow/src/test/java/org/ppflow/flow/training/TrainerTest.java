package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

class TrainerTest {
    private static final int BATCH = 8;
    private static final long STEPS = 13;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ppf-2", "pyramid-renoised"})
    void killedRun_goesOnWithTheSameLossesAndEndsWithTheSameWeights(String name) throws IOException {
        LevelSchedule schedule = LevelSchedule.preset(name);
        List<Double> undisturbed = new ArrayList<>();
        List<FloatArray> expected = train(schedule, folder.resolve("undisturbed"), Long.MAX_VALUE, undisturbed);
        List<Double> disturbed = new ArrayList<>();
        assertThatThrownBy(() -> train(schedule, folder.resolve("killed"), 7, disturbed))
                .hasMessage("killed");
        assertThat(disturbed).isEqualTo(undisturbed.subList(0, 7));
        List<Double> resumed = new ArrayList<>();
        List<FloatArray> weights = train(schedule, folder.resolve("killed"), Long.MAX_VALUE, resumed);
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

    /** A flipped digit: every file has its hash, the state itself has none. */
    @Test
    void checkpointWhoseStateIsOfAnotherStep_isSetAside() throws IOException {
        List<FloatArray> expected = train(folder, Long.MAX_VALUE, new ArrayList<>());
        Path state = folder.resolve("00000013/state.json");
        Files.writeString(state, Files.readString(state).replace("\"step\":13", "\"step\":12"));
        assertThat(train(folder, Long.MAX_VALUE, new ArrayList<>())).isEqualTo(expected);
        assertThat(folder.resolve("00000013.damaged")).isDirectory();
    }

    /** Asked to stop at a step where none is due and killed while it is saved: that step is not saved again. */
    @Test
    void unfinishedCheckpoint_isRemovedAtTheNextStart() throws IOException {
        Path left = folder.resolve("00000003.unfinished");
        Files.createDirectories(left);
        Files.writeString(left.resolve("model.safetensors"), "half of it");
        train(folder, Long.MAX_VALUE, new ArrayList<>());
        assertThat(left).doesNotExist();
    }

    @Test
    void runThatGoesOn_doesWhatFollowsItsCheckpoint() throws IOException {
        List<Long> told = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onCheckpoint(long step) {
                told.add(step);
                if (told.size() == 2) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        LevelSchedule schedule = LevelSchedule.PPF_2;
        for (int start = 0; start < 2; start++) {
            try (TrainingGraph graph = SmallTraining.graph(schedule, BATCH)) {
                SmallTraining.trainer(graph, schedule, BATCH, STEPS, folder, listener)
                        .train();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("killed");
            }
        }
        assertThat(told).containsExactly(4L, 8L, 8L, 12L, 13L);
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
    void notANumber_endsTheRunNamesTensorAndRowsAndKeepsWhatShowsItAgain() throws IOException {
        try (TrainingGraph graph = SmallTraining.graph(LevelSchedule.PPF_2, BATCH)) {
            Path checkpoints = folder.resolve("checkpoints");
            assertThatThrownBy(poisoned(graph, checkpoints, OnNotFinite.END)::train)
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("step 3")
                    .hasMessageContaining("the first such tensor is x_t")
                    .hasMessageContaining("rows [3]");
            Path kept = folder.resolve("not-finite/00000003");
            assertThat(kept.resolve("report.json")).content().contains("\"first_not_finite\" : \"x_t\"");
            try (TensorFile batch = TensorFiles.open(kept.resolve("batch.npz"));
                    TensorFile weights = TensorFiles.open(kept.resolve("model.safetensors"))) {
                assertThat(batch.names()).containsExactlyInAnyOrder("x_t", "target", "t", "y", "scale", "weight");
                assertThat(batch.floats("x_t").rows()).isEqualTo(BATCH);
                for (String name : weights.names()) {
                    for (float value : weights.floats(name).values()) {
                        assertThat(value).isFinite();
                    }
                }
            }
        }
    }

    @Test
    void stepThatIsSkipped_changesNothing() throws IOException {
        try (TrainingGraph graph = SmallTraining.graph(LevelSchedule.PPF_2, BATCH)) {
            List<StepReport> reports = new ArrayList<>();
            List<List<FloatArray>> weights = new ArrayList<>();
            Trainer trainer = poisoned(graph, folder.resolve("checkpoints"), OnNotFinite.SKIP, new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                    reports.add(report);
                    List<FloatArray> values =
                            new ArrayList<>(graph.session().read(graph.model().variables()));
                    values.addAll(graph.session().read(graph.ema().variables()));
                    values.addAll(
                            graph.session().read(graph.optimizer().moments().variables()));
                    weights.add(values);
                }
            });
            trainer.train();
            assertThat(reports)
                    .hasSize((int) STEPS)
                    .filteredOn(report -> !report.applied())
                    .hasSize(1);
            assertThat(weights.get(2)).isEqualTo(weights.get(1));
            assertThat(weights.get(3)).isNotEqualTo(weights.get(2));
        }
    }

    private static Trainer poisoned(
            TrainingGraph graph, Path checkpoints, OnNotFinite onNotFinite, TrainingListener... listeners) {
        Trainer sound =
                SmallTraining.trainer(graph, LevelSchedule.PPF_2, BATCH, STEPS, checkpoints, new TrainingListener() {});
        LatentSource source = (step, rows) -> {
            LatentBatch batch = SmallTraining.latents(step, rows);
            if (step == 2) {
                batch.latents().values()[3 * 256 + 5] = Float.NaN;
            }
            return batch;
        };
        TrainingOptions options = new TrainingOptions(
                sound.options().seed(),
                STEPS,
                sound.options().learningRate(),
                sound.options().averages(),
                4,
                0,
                onNotFinite);
        return new Trainer(graph, sound.draw(), source, options, sound.checkpoints(), List.of(listeners));
    }

    @Test
    void accumulatedParts_giveTheNumbersOfTheWholeBatch() {
        LevelSchedule schedule = LevelSchedule.PPF_2;
        StepOptions halves = new StepOptions(Packing.LEVELS, false, Prediction.VELOCITY, 0.01, 2);
        StepOptions whole = new StepOptions(Packing.LEVELS, false, Prediction.VELOCITY, 0.01, 1);
        try (TrainingGraph one = SmallTraining.graph(schedule, BATCH, whole);
                TrainingGraph two = SmallTraining.graph(schedule, BATCH / 2, halves)) {
            one.initialize(1);
            two.initialize(1);
            BatchParts parts = new BatchParts(one.plan(), two.plan());
            for (int step = 1; step <= 5; step++) {
                TrainingBatch batch =
                        SmallTraining.draw(schedule, BATCH).draw(step, SmallTraining.latents(step, BATCH));
                StepValues expected = one.step(step, List.of(batch), 1e-3, List.of(0.9));
                StepValues actual = two.step(step, parts.of(batch), 1e-3, List.of(0.9));
                float[] losses = parts.join(actual.losses());
                for (int row = 0; row < BATCH; row++) {
                    assertThat(losses[row]).isCloseTo(expected.losses()[row], within(1e-5f));
                }
                assertThat(actual.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-5));
            }
        }
    }

    @Test
    void severalAverages_areSavedAndProfilesStay() throws IOException {
        LevelSchedule schedule = LevelSchedule.PPF_2;
        List<WeightAverage> averages = List.of(
                WeightAverage.exponential(0.9, false),
                WeightAverage.exponential(0.5, false),
                WeightAverage.profile(0.1));
        List<String> names = averages.stream().map(WeightAverage::name).toList();
        Path checkpoints = folder.resolve("checkpoints");
        try (TrainingGraph graph = new TrainingGraph(
                SmallTraining.CONFIG,
                schedule,
                BatchPlan.split(schedule, BATCH),
                StepOptions.PAPER,
                AdamW.Constants.PAPER,
                names,
                SessionOptions.DEFAULT.withThreads(1))) {
            Trainer simple =
                    SmallTraining.trainer(graph, schedule, BATCH, STEPS, checkpoints, new TrainingListener() {});
            new Trainer(
                            graph,
                            simple.draw(),
                            simple.source(),
                            new TrainingOptions(
                                    7, STEPS, simple.options().learningRate(), averages, 4, 8, OnNotFinite.END),
                            new Checkpoints(checkpoints, simple.checkpoints().description(), names, 2, 4),
                            List.of())
                    .train();
        }
        try (var entries = Files.list(checkpoints)) {
            // The last two, and every multiple of four.
            assertThat(entries.map(path -> path.getFileName().toString()).sorted())
                    .containsExactly("00000004", "00000008", "00000012", "00000013");
        }
        assertThat(checkpoints.resolve("00000013/ema-0.5.safetensors")).exists();
        try (var entries = Files.list(folder.resolve("profiles"))) {
            assertThat(entries.map(path -> path.getFileName().toString()).sorted())
                    .containsExactly("00000008", "00000013");
        }
        assertThat(folder.resolve("profiles/00000008/profile-0.1.safetensors")).exists();
    }

    /** Numbers as large as this have a finite gradient, but their squares leave the range of float32. */
    @Test
    void infiniteLossOfAPart_changesNothingWhereItsGradientIsFinite() {
        LevelSchedule schedule = LevelSchedule.PPF_2;
        StepOptions halves = new StepOptions(Packing.LEVELS, false, Prediction.VELOCITY, 0, 2);
        try (TrainingGraph graph = SmallTraining.graph(schedule, BATCH / 2, halves)) {
            graph.initialize(1);
            List<FloatArray> before = graph.session().read(graph.model().variables());
            BatchParts parts = new BatchParts(BatchPlan.split(schedule, BATCH), graph.plan());
            TrainingBatch batch = SmallTraining.draw(schedule, BATCH).draw(1, SmallTraining.latents(1, BATCH));
            java.util.Arrays.fill(batch.target().values(), 3 * 256, 4 * 256, (float) (1L << 61));
            StepValues values = graph.step(1, parts.of(batch), 1e-3, List.of(0.9));
            assertThat(values.applied()).isFalse();
            assertThat(values.gradientNorm()).isFinite();
            assertThat(graph.session().read(graph.model().variables())).isEqualTo(before);
        }
    }

    private List<FloatArray> train(Path checkpoints, long killAfter, List<Double> losses) throws IOException {
        return train(LevelSchedule.PPF_2, checkpoints, killAfter, losses);
    }

    private List<FloatArray> train(LevelSchedule schedule, Path checkpoints, long killAfter, List<Double> losses)
            throws IOException {
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
