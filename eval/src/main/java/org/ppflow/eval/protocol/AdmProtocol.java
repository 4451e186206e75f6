package org.ppflow.eval.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.neighbours.AdmPrecisionRecall;
import org.ppflow.eval.neighbours.ClassPrecisionRecall;
import org.ppflow.eval.preflight.ClassOrder;
import org.ppflow.eval.preflight.PreflightReport;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.eval.statistics.AdmFrechet;
import org.ppflow.eval.statistics.AdmInceptionScore;
import org.ppflow.eval.statistics.AdmStatistics;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.nn.progress.Progress;

/**
 * The protocol {@code adm}: what OpenAI's evaluator (openai/guided-diffusion, evaluations/evaluator.py) prints for the same files, with its orders of
 * addition, chunks and halves. Its numbers hang on the order of pictures and on block sizes; published tables are made of them.
 *
 * <p>Rows are read in pieces; memory is that of its parts, 350 MB at most beside the covariances.
 *
 * @param options as published, but for tests
 */
public record AdmProtocol(ScoringOptions options) {
    /** The protocol's key in reports. */
    public static final String NAME = "adm";

    /**
     * Scores samples.
     *
     * @throws org.ppflow.nn.errors.BadInputException if a set has no k neighbours, or the sets are of different networks
     */
    public Scores evaluate(Reference reference, FeatureSet samples, Progress progress) {
        SetChecks.require(reference, samples, options.nearestK());
        MetricNames names = new MetricNames(samples.key().network().kind());
        MetricTable table = new MetricTable(names);
        Optional<FeatureSet> images = reference.images();
        putDistance(
                table,
                names.frechetDistance(),
                "",
                new Side(reference, images.map(FeatureSet::features), stored(reference, false)),
                new Side(samples.name(), samples.features()));
        if (samples.spatial().size() > 0) {
            putDistance(
                    table,
                    names.spatialDistance(),
                    names.spatialDistance() + ": ",
                    new Side(reference, images.map(FeatureSet::spatial), stored(reference, true)),
                    new Side(samples.name(), samples.spatial()));
        }
        if (samples.probabilities().size() > 0) {
            putScore(samples, table);
        }
        List<ClassRow> classes = new ArrayList<>();
        if (images.isPresent()) {
            AdmPrecisionRecall found = AdmPrecisionRecall.between(
                    images.get().features(), samples.features(), options.nearestK(), options.block(), progress);
            table.put(names.of("precision"), found.precision());
            table.put(names.of("recall"), found.recall());
            if (found.redoneBlocks() > 0) {
                table.note(NAME + ": " + found.redoneBlocks()
                        + " blocks of distances overflowed halves and were redone in fp32, as ADM's evaluator does:"
                        + " precision and recall hang on the block size");
            }
            classes.addAll(ClassRows.of(
                    ClassPrecisionRecall.byClass(
                            found.sampleInside(),
                            samples.labels().orElse(new int[0]),
                            found.referenceInside(),
                            images.get().labels().orElse(new int[0])),
                    Optional.empty()));
            table.put("reference_count", images.get().count());
        }
        table.put("sample_count", samples.count());
        return new Scores(table.result(NAME), classes, List.copyOf(table.notes()));
    }

    /** The score of chunks as they come and, where those are not to be trusted, of shuffled ones. */
    private void putScore(FeatureSet samples, MetricTable table) {
        String name = table.names().score();
        AdmInceptionScore score = AdmInceptionScore.of(samples.probabilities(), options.splitSize());
        List<String> notes = score.warnings(samples.name());
        table.put(name, score.value().orElse(Double.NaN), String.join("; ", notes));
        if (score.value().isPresent()) {
            table.notes(notes);
        }
        boolean labelled = samples.labels().isPresent();
        ClassOrder order = ClassOrder.of(
                samples.labels().orElseGet(() -> PredictedClasses.of(samples.probabilities())), options.splitSize());
        PreflightReport.classFindings(samples.name(), order, labelled ? "labels" : "predicted classes")
                .forEach(finding -> table.note(finding.text()));
        if (order.splitsDiffer()) {
            AdmInceptionScore.shuffled(samples.probabilities(), options.splitSize(), samples.keys())
                    .value()
                    .ifPresent(value -> table.put(name + "_shuffled", value));
        }
    }

    private static Optional<StoredMoments> stored(Reference reference, boolean spatial) {
        return reference.statistics().map(known -> spatial ? known.spatial() : known.pool());
    }

    /** One side of a distance: rows, or statistics of a file. */
    private record Side(String name, Optional<FeatureRows> rows, AdmStatistics statistics) {
        Side(String name, FeatureRows rows) {
            this(name, Optional.of(rows), AdmStatistics.of(rows));
        }

        Side(Reference reference, Optional<FeatureRows> rows, Optional<StoredMoments> stored) {
            this(
                    reference.name(),
                    stored.isPresent() ? Optional.empty() : rows,
                    stored.isPresent()
                            ? new AdmStatistics(
                                    FeatureStatistics.UNKNOWN_COUNT,
                                    stored.get().mean(),
                                    stored.get().singleMean(),
                                    stored.get().covariance())
                            : AdmStatistics.of(rows.orElseThrow()));
        }
    }

    private static void putDistance(MetricTable table, String name, String prefix, Side reference, Side samples) {
        FrechetDistance distance = AdmFrechet.between(
                reference.statistics(),
                reference.rows().orElse(null),
                samples.statistics(),
                samples.rows().orElse(null));
        table.put(name, distance.value());
        AdmFrechet.warnings(distance, reference.name(), samples.name()).forEach(text -> table.note(prefix + text));
    }
}
