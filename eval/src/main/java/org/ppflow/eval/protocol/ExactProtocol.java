package org.ppflow.eval.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.neighbours.ClassPrecisionRecall;
import org.ppflow.eval.neighbours.PrecisionRecall;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.eval.statistics.BootstrapInterval;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetBootstrap;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.eval.statistics.FrechetInfinity;
import org.ppflow.eval.statistics.FrechetReference;
import org.ppflow.eval.statistics.InceptionScore;
import org.ppflow.eval.statistics.InceptionScoreBootstrap;
import org.ppflow.eval.statistics.KernelDistance;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * The protocol {@code exact}: statistics in double, answers of brute-force distances, scores over all pictures at once. Independent of batch size,
 * order and device. Metrics carry the kind of the network in their names; only Inception's are called FID.
 *
 * <p>Rows are read in pieces; memory is that of its parts, 250 MB at most beside the covariances.
 *
 * @param options k, and further metrics
 */
public record ExactProtocol(ScoringOptions options) {
    /** The protocol's key in reports. */
    public static final String NAME = "exact";

    private static final int SPLITS = 10;
    private static final long SHUFFLE_SEED = 0;
    private static final long KEY_MASK = (1L << 48) - 1;

    /**
     * Scores samples.
     *
     * @param classified probabilities of the samples by a classifier of the data set's own classes, for label agreement
     * @throws org.ppflow.nn.errors.BadInputException if a set has no k neighbours, the sets are of different networks, or a label is none of the
     *     classifier's classes
     */
    public Scores evaluate(
            Reference reference, FeatureSet samples, Optional<FeatureRows> classified, Progress progress) {
        try (FactoredStatistics factored = new FactoredStatistics()) {
            return evaluate(reference, samples, classified, factored, progress);
        }
    }

    /** Scores samples; what is found of the reference's statistics serves another protocol too. */
    Scores evaluate(
            Reference reference,
            FeatureSet samples,
            Optional<FeatureRows> classified,
            FactoredStatistics factored,
            Progress progress) {
        SetChecks.require(reference, samples, options.nearestK());
        MetricNames names = new MetricNames(samples.key().network().kind());
        MetricTable table = new MetricTable(names);
        Optional<FeatureSet> images = reference.images();
        RankNotes ranks = new RankNotes(table, reference.name(), samples.name());
        putDistances(reference, samples, table, ranks, factored, progress);
        if (samples.spatial().size() > 0) {
            FeatureRows rows = reference.statistics().isPresent()
                    ? null
                    : images.orElseThrow().spatial();
            withReference(reference.statistics().map(stored -> stored.spatial()), rows, factored, prepared -> {
                FrechetDistance distance =
                        prepared.distanceTo(FeatureStatistics.of(samples.spatial()), samples.spatial());
                table.put(names.spatialDistance(), distance.value());
                ranks.add(names.spatialName() + ": ", distance);
            });
        }
        ranks.close();
        if (samples.probabilities().size() > 0) {
            putScores(samples, table);
        }
        Optional<PrecisionRecall> manifolds = images.map(
                set -> PrecisionRecall.between(set.features(), samples.features(), options.nearestK(), progress));
        manifolds.ifPresent(found -> putManifolds(found, table));
        if (options.extras().contains(Extra.KID)) {
            if (images.isPresent()) {
                putKernelDistance(images.get(), samples, table);
            } else {
                table.note(reference.name() + ": statistics alone; " + names.kernelDistance() + " needs pictures");
            }
        }
        Optional<LabelAgreement> agreement =
                classified.isPresent() && samples.labels().isPresent()
                        ? Optional.of(agreement(
                                samples, classified.get(), samples.labels().get()))
                        : Optional.empty();
        agreement.ifPresent(found -> putAgreement(found, table));
        images.ifPresent(set -> table.put("reference_count", set.count()));
        table.put("sample_count", samples.count());
        List<ClassPrecisionRecall> byClass = manifolds.isPresent()
                ? ClassPrecisionRecall.byClass(
                        manifolds.get().sampleInside(),
                        samples.labels().orElse(new int[0]),
                        manifolds.get().referenceInside(),
                        images.orElseThrow().labels().orElse(new int[0]))
                : new ArrayList<>();
        return new Scores(table.result(NAME), ClassRows.of(byClass, agreement), List.copyOf(table.notes()));
    }

    /** Hands on distances to the reference: to statistics that a file has, else to its pictures. */
    private static void withReference(
            Optional<StoredMoments> stored,
            @Nullable FeatureRows rows,
            FactoredStatistics factored,
            Consumer<FrechetReference> use) {
        if (stored.isPresent()) {
            use.accept(factored.of(stored.get()));
            return;
        }
        if (rows == null) {
            throw new IllegalArgumentException("neither statistics nor rows");
        }
        try (FrechetReference prepared = new FrechetReference(FeatureStatistics.of(rows), rows)) {
            use.accept(prepared);
        }
    }

    /** The Fréchet distance, and what else goes by it. */
    private void putDistances(
            Reference reference,
            FeatureSet samples,
            MetricTable table,
            RankNotes ranks,
            FactoredStatistics factored,
            Progress progress) {
        String name = table.names().frechetDistance();
        FeatureRows rows = reference.statistics().isPresent()
                ? null
                : reference.images().orElseThrow().features();
        withReference(reference.statistics().map(stored -> stored.pool()), rows, factored, prepared -> {
            FrechetDistance distance =
                    prepared.distanceTo(FeatureStatistics.of(samples.features()), samples.features());
            table.put(name, distance.value());
            ranks.add("", distance);
            if (options.extras().contains(Extra.FID_INFINITY)) {
                putInfinity(prepared, samples, table, progress);
            }
            if (options.extras().contains(Extra.INTERVALS)) {
                putInterval(
                        table,
                        name,
                        FrechetBootstrap.of(prepared, samples.features(), samples.keys(), bootstrap(), progress));
            }
        });
    }

    private static void putInfinity(
            FrechetReference reference, FeatureSet samples, MetricTable table, Progress progress) {
        String name = table.names().frechetDistance() + "_infinity";
        if (samples.count() <= 2) {
            table.note(samples.name() + ": " + name + " needs more than 2 samples, as a line needs points");
            return;
        }
        FrechetInfinity infinity = FrechetInfinity.of(
                reference,
                samples.features(),
                samples.keys(),
                FrechetInfinity.Options.fitting(samples.count()),
                progress);
        table.notes(infinity.warnings(samples.name(), samples.features().size()));
        table.put(name, infinity.value());
        table.put(name + "_low", infinity.low());
        table.put(name + "_high", infinity.high());
    }

    private BootstrapInterval.Options bootstrap() {
        return new BootstrapInterval.Options(options.resamples(), SHUFFLE_SEED);
    }

    private static void putInterval(MetricTable table, String name, BootstrapInterval interval) {
        table.put(name + "_low", interval.low());
        table.put(name + "_high", interval.high());
        table.put(name + "_standard_error", interval.standardError());
    }

    /** The score of all samples, and mean ± deviation of parts that pictures fall into by a key of their own. */
    private void putScores(FeatureSet samples, MetricTable table) {
        String name = table.names().score();
        table.put(name, InceptionScore.of(samples.probabilities()));
        long[] keys = Arrays.stream(samples.keys())
                .map(key -> RandomStream.of(SHUFFLE_SEED, Purpose.EVALUATION_SHUFFLE, key & KEY_MASK)
                        .nextLong())
                .toArray();
        InceptionScore.Splits parts =
                InceptionScore.shuffled(samples.probabilities(), keys, Math.min(SPLITS, samples.count()));
        table.put(name + "_splits_mean", parts.mean());
        table.put(name + "_splits_std", parts.standardDeviation());
        if (options.extras().contains(Extra.INTERVALS)) {
            putInterval(table, name, InceptionScoreBootstrap.of(samples.probabilities(), samples.keys(), bootstrap()));
        }
    }

    private static void putManifolds(PrecisionRecall found, MetricTable table) {
        table.put(table.names().of("precision"), found.precision());
        table.put(table.names().of("recall"), found.recall());
        table.put(table.names().of("density"), found.density());
        table.put(table.names().of("coverage"), found.coverage());
        if (found.nearEdge() > 0) {
            table.note(found.nearEdge()
                    + " pictures are within 1e-6 of the edge of a ball: precision and recall may"
                    + " differ by so many where distances are fp32");
        }
    }

    private static void putKernelDistance(FeatureSet reference, FeatureSet samples, MetricTable table) {
        String name = table.names().kernelDistance();
        KernelDistance distance = KernelDistance.between(
                reference.features(),
                reference.keys(),
                samples.features(),
                samples.keys(),
                KernelDistance.Options.fitting(reference.count(), samples.count()));
        table.put(name, distance.mean());
        distance.standardError().ifPresent(error -> table.put(name + "_standard_error", error));
    }

    private static void putAgreement(LabelAgreement agreement, MetricTable table) {
        table.put("label_agreement", agreement.share());
        table.put("label_agreement_standard_error", agreement.standardError());
        table.put("label_agreement_low", agreement.interval95().low());
        table.put("label_agreement_high", agreement.interval95().high());
    }

    private static LabelAgreement agreement(FeatureSet samples, FeatureRows classified, int... labels) {
        SetChecks.requireLabels(samples.name(), classified.size(), labels);
        return LabelAgreement.of(classified, labels);
    }
}
