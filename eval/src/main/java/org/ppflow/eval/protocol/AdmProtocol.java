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
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.eval.statistics.AdmFrechet;
import org.ppflow.eval.statistics.AdmInceptionScore;
import org.ppflow.eval.statistics.AdmStatistics;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.eval.statistics.PredictedClasses;
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
        return evaluate(reference, samples, Optional.empty(), progress);
    }

    /**
     * Scores samples whose file holds statistics: the evaluator takes Fréchet distances of those, whichever side they are on, so that a reference file is at
     * distance 0 of itself.
     *
     * @param own statistics of the samples' file
     * @throws org.ppflow.nn.errors.BadInputException as above, or if they are of another network
     */
    public Scores evaluate(Reference reference, FeatureSet samples, Optional<StoredStatistics> own, Progress progress) {
        try (FactoredStatistics factored = new FactoredStatistics()) {
            return evaluate(reference, samples, own, factored, progress);
        }
    }

    /** Scores samples; what is found of the reference's statistics serves another protocol too. */
    Scores evaluate(
            Reference reference,
            FeatureSet samples,
            Optional<StoredStatistics> own,
            FactoredStatistics factored,
            Progress progress) {
        SetChecks.require(reference, samples, options.nearestK());
        SetChecks.requireSizes(
                samples.name(),
                own,
                samples.features().size(),
                samples.spatial().size());
        MetricNames names = new MetricNames(samples.key().network().kind());
        MetricTable table = new MetricTable(names);
        Optional<FeatureSet> images = reference.images();
        if (own.isPresent()) {
            table.note(NAME + ": Fréchet distances are to the statistics that " + samples.name()
                    + " holds, not those of its pictures, as ADM's evaluator takes them");
        }
        RankNotes ranks = new RankNotes(table, reference.name(), samples.name());
        putDistance(
                table,
                ranks,
                names.frechetDistance(),
                "",
                Side.of(
                        reference.name(),
                        images.map(FeatureSet::features),
                        reference.statistics().map(StoredStatistics::pool)),
                Side.of(samples.name(), Optional.of(samples.features()), own.map(StoredStatistics::pool)),
                factored);
        if (samples.spatial().size() > 0) {
            putDistance(
                    table,
                    ranks,
                    names.spatialDistance(),
                    names.spatialName() + ": ",
                    Side.of(
                            reference.name(),
                            images.map(FeatureSet::spatial),
                            reference.statistics().map(StoredStatistics::spatial)),
                    Side.of(samples.name(), Optional.of(samples.spatial()), own.map(StoredStatistics::spatial)),
                    factored);
        }
        ranks.close();
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

    /** One side of a distance: rows, or statistics of a file. */
    private record Side(
            String name, Optional<FeatureRows> rows, Optional<StoredMoments> stored, AdmStatistics statistics) {
        static Side of(String name, Optional<FeatureRows> rows, Optional<StoredMoments> stored) {
            return stored.isPresent()
                    ? new Side(
                            name,
                            Optional.empty(),
                            stored,
                            new AdmStatistics(
                                    FeatureStatistics.UNKNOWN_COUNT,
                                    stored.get().mean(),
                                    stored.get().singleMean(),
                                    stored.get().covariance()))
                    : new Side(name, rows, stored, AdmStatistics.of(rows.orElseThrow()));
        }
    }

    private static void putDistance(
            MetricTable table,
            RankNotes ranks,
            String name,
            String prefix,
            Side reference,
            Side samples,
            FactoredStatistics factored) {
        FeatureRows sampleRows = samples.rows().orElse(null);
        FrechetDistance distance = reference.stored().isPresent()
                ? AdmFrechet.between(
                        factored.of(reference.stored().get()), reference.statistics(), samples.statistics(), sampleRows)
                : AdmFrechet.between(
                        reference.statistics(), reference.rows().orElse(null), samples.statistics(), sampleRows);
        table.put(name, distance.value());
        ranks.add(prefix, distance);
        List<String> more = AdmFrechet.warnings(distance, reference.name(), samples.name());
        // What it says beyond the ranks is the same of every distance.
        table.notes(
                more.subList(distance.warnings(reference.name(), samples.name()).size(), more.size()));
    }
}
