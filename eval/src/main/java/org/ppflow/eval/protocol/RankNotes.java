package org.ppflow.eval.protocol;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.SampleSize;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetDistance;

/**
 * What is to be said of singular covariances: too few pictures once for each set, however many distances it takes part in, in the words that were used before
 * the network ran; other lacks of rank for each distance.
 */
final class RankNotes {
    private final MetricTable table;
    private final String reference;
    private final String samples;
    private final Map<String, FrechetDistance.Rank> tooFew = new LinkedHashMap<>();

    /**
     * Notes of two sets.
     *
     * @param table gets them
     * @param reference name of the first set of distances
     * @param samples name of the second
     */
    RankNotes(MetricTable table, String reference, String samples) {
        this.table = table;
        this.reference = reference;
        this.samples = samples;
    }

    /**
     * Takes a distance in.
     *
     * @param prefix of what is said of it alone
     */
    void add(String prefix, FrechetDistance distance) {
        Iterator<String> texts = distance.warnings(reference, samples).iterator();
        add(prefix, reference, distance.first(), texts);
        add(prefix, samples, distance.second(), texts);
    }

    private void add(String prefix, String name, FrechetDistance.Rank rank, Iterator<String> texts) {
        if (!rank.singular()) {
            return;
        }
        String text = texts.next();
        if (rank.count() != FeatureStatistics.UNKNOWN_COUNT && rank.count() <= rank.size()) {
            tooFew.merge(name, rank, (one, other) -> one.size() >= other.size() ? one : other);
        } else {
            table.note(prefix + text);
        }
    }

    /** Puts what concerns all distances into the table. */
    void close() {
        tooFew.forEach((name, rank) ->
                SampleSize.ofReference(name, rank.count(), table.names().frechetName(), rank.size()).stream()
                        .map(Finding::text)
                        .forEach(table::note));
    }
}
