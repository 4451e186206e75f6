package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.errors.BadInputException;

/**
 * A whole experiment: data, one model for each schedule, trained, sampled and scored alike. What a file leaves out is in
 * {@link Defaults}; only {@code name} and {@code schedules} must be written.
 *
 * @param name of the run's folder
 * @param seed all randomness follows from it
 * @param data pictures and latents
 * @param classifier small network that gives the metrics their features
 * @param model size and kind of the transformer
 * @param schedules one model each, with names that differ: a preset, levels as 4x4:0.5,2x2, or a mapping of name and levels
 * @param init what training starts from
 * @param training the same for every schedule
 * @param watch what is looked at while a model trains
 * @param sampling the same for every schedule
 * @param evaluation of the samples
 * @param report what is drawn for the report alone
 * @param runtime how TensorFlow computes
 */
public record ExperimentConfig(
        String name,
        long seed,
        DataConfig data,
        ClassifierConfig classifier,
        ModelConfig model,
        List<LevelSchedule> schedules,
        InitConfig init,
        TrainingConfig training,
        WatchConfig watch,
        SamplingConfig sampling,
        EvaluationConfig evaluation,
        ReportConfig report,
        RuntimeConfig runtime) {
    /** Batches above the one that does not fit among which one that does is looked for. */
    private static final int MOST_TRIED = 1 << 12;

    public ExperimentConfig {
        Check.that(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
                "name",
                "'" + name
                        + "' must be of letters, digits, '.', '_' and '-', and begin with a letter or a digit (it names the run's folder)");
        Check.that(!schedules.isEmpty(), "schedules", "[] must have at least one schedule");
        schedules = List.copyOf(schedules);
        Check.that(
                sampling.count() > evaluation.nearestK(),
                "sampling.count",
                sampling.count() + " must be more than evaluation.nearest_k, which is " + evaluation.nearestK());
        Check.that(
                watch.every() % training.checkpointEvery() == 0,
                "watch.every",
                watch.every() + " must be a multiple of training.checkpoint_every, which is "
                        + training.checkpointEvery());
        Check.that(
                watch.every() == 0 || watch.count() > evaluation.nearestK(),
                "watch.count",
                watch.count() + " must be more than evaluation.nearest_k, which is " + evaluation.nearestK());
        Check.that(
                !evaluation.byNetwork()
                        || data.encoded().isPresent()
                        || data.files().isPresent(),
                "evaluation.network",
                "'" + evaluation.network() + "' must be left out: it takes colour pictures, and data.source "
                        + data.source() + " has grey ones, which the run's classifier scores");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < schedules.size(); i++) {
            String folder = schedules.get(i).name().replace('/', '-').toLowerCase(Locale.ROOT);
            Check.that(
                    names.add(folder),
                    "schedules[" + i + "].name",
                    "'" + schedules.get(i).name() + "' would have the folder '" + folder + "' of a schedule before it");
            try {
                sampling.guidanceFor(schedules.get(i));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sampling." + e.getMessage(), e);
            }
            checkTiles(i, schedules.get(i), data);
            checkTransport(schedules.get(i), model);
            try {
                sampling.method(schedules.get(i), model.transport());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sampling." + e.getMessage(), e);
            }
            checkBatch(schedules.get(i), training.batch());
            checkParts(schedules.get(i), training);
            checkPacking(schedules.get(i), data.latentShape(), training);
            boolean guided = sampling.guidanceFor(schedules.get(i)).stream().anyMatch(scale -> scale != 1);
            Check.that(
                    !guided || model.classDropout() > 0,
                    "sampling.guidance",
                    sampling.guidance()
                            + " needs a network that has learned what no class is: model.class_dropout is 0");
        }
    }

    /** Whether the run trains a classifier, which scores its samples: there are pictures, and no network is named. */
    public boolean byClassifier() {
        return data.encoded().isEmpty() && !evaluation.byNetwork();
    }

    /** The same under another name. */
    public ExperimentConfig withName(String other) {
        return new ExperimentConfig(
                other,
                seed,
                data,
                classifier,
                model,
                schedules,
                init,
                training,
                watch,
                sampling,
                evaluation,
                report,
                runtime);
    }

    /** The same with another start of training. */
    public ExperimentConfig withInit(InitConfig other) {
        return new ExperimentConfig(
                name,
                seed,
                data,
                classifier,
                model,
                schedules,
                other,
                training,
                watch,
                sampling,
                evaluation,
                report,
                runtime);
    }

    /** The same with one of its schedules alone. */
    public ExperimentConfig withSchedule(LevelSchedule only) {
        return new ExperimentConfig(
                name,
                seed,
                data,
                classifier,
                model,
                List.of(only),
                init,
                training,
                watch,
                sampling,
                evaluation,
                report,
                runtime);
    }

    /** The same, sampled otherwise. */
    public ExperimentConfig withSampling(SamplingConfig other) {
        return new ExperimentConfig(
                name,
                seed,
                data,
                classifier,
                model,
                schedules,
                init,
                training,
                watch,
                other,
                evaluation,
                report,
                runtime);
    }

    private static void checkTiles(int index, LevelSchedule schedule, DataConfig data) {
        LatentShape latent = data.latentShape();
        for (int level = 0; level < schedule.count(); level++) {
            PatchSize patch = schedule.level(level).patch();
            Check.that(
                    patch.tiles(latent.height(), latent.width()),
                    "schedules[" + index + "].levels[" + level + "].patch",
                    patch + " does not divide latent " + latent.height() + "x" + latent.width() + ": sides that do are "
                            + PatchSize.sidesThatTile(latent.height(), latent.width()));
        }
    }

    private static void checkTransport(LevelSchedule schedule, ModelConfig model) {
        boolean pyramid = schedule.representation().isPyramid();
        Check.that(
                !pyramid || model.path() == Transport.DEFAULT.path(),
                "model.path",
                model.path() + " is not for " + schedule.name() + ": the stages of a pyramid are linear");
        Check.that(
                !pyramid || model.prediction() == Transport.DEFAULT.prediction(),
                "model.prediction",
                model.prediction() + " is not for " + schedule.name() + ": the stages of a pyramid predict velocity");
    }

    private static void checkParts(LevelSchedule schedule, TrainingConfig training) {
        BatchPlan whole = BatchPlan.split(schedule, training.batch());
        for (int level = 0; level < schedule.count(); level++) {
            Check.that(
                    whole.count(level) % training.accumulate() == 0,
                    "training.accumulate",
                    training.accumulate() + " does not divide the " + whole.count(level) + " images of level " + level
                            + " of " + schedule.name());
        }
    }

    private static void checkPacking(LevelSchedule schedule, LatentShape latent, TrainingConfig training) {
        if (packs(schedule, latent, training, training.batch())) {
            return;
        }
        List<String> near = new ArrayList<>();
        for (int batch = training.batch() - 1; batch > 0 && near.isEmpty(); batch--) {
            if (packs(schedule, latent, training, batch)) {
                near.add(Integer.toString(batch));
            }
        }
        for (int more = 1; more <= MOST_TRIED; more++) {
            if (packs(schedule, latent, training, training.batch() + more)) {
                near.add(Integer.toString(training.batch() + more));
                break;
            }
        }
        Check.that(
                false,
                "training.packing",
                training.packing() + " has rows that the images of " + schedule.name() + " do not fill in a batch of "
                        + training.batch()
                        + (training.accumulate() > 1 ? " in " + training.accumulate() + " parts" : "")
                        + (near.isEmpty() ? "" : "; the nearest batches that do: " + String.join(" and ", near))
                        + "; levels and bucketed take any batch");
    }

    private static boolean packs(LevelSchedule schedule, LatentShape latent, TrainingConfig training, int batch) {
        if (batch % training.accumulate() != 0 || !BatchPlan.splits(schedule, batch / training.accumulate())) {
            return false;
        }
        List<Integer> tokens = schedule.levels().stream()
                .map(level -> level.patch().tokens(latent.height(), latent.width()))
                .toList();
        return training.packing().fits(BatchPlan.split(schedule, batch / training.accumulate()), tokens);
    }

    private static void checkBatch(LevelSchedule schedule, int batch) {
        try {
            BatchPlan.split(schedule, batch);
        } catch (BadInputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
