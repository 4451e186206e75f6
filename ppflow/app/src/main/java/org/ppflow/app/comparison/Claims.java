package org.ppflow.app.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.app.record.Records;

/**
 * What a table claims, beside what was measured.
 *
 * @param spec the table
 * @param published the claim's own numbers
 * @param used records by block and row
 */
record Claims(TableSpec spec, PublishedRows published, Map<String, Map<String, List<Records.Known>>> used) {
    /** A sentence for each claim and block. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (TableSpec.Claim claim : spec.claims()) {
            for (TableSpec.Block block : spec.blocks()) {
                sentences.add(sentence(claim, block));
            }
        }
        return sentences;
    }

    private String sentence(TableSpec.Claim claim, TableSpec.Block block) {
        String metric = metric(claim, block);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%s, %s: %s better than %s?", claim.text(), block.name(), claim.better(), claim.than()));
        if (block.kind() == TableSpec.Kind.FULL) {
            text.append(paper(claim, block, metric));
        }
        List<Records.Known> left = records(block, claim.better());
        List<Records.Known> right = records(block, claim.than());
        Set<Long> common = seeds(left);
        common.retainAll(seeds(right));
        // Means of other seeds would differ by chance alone.
        Optional<SeedMean> better = SeedMean.of(of(left, common), metric);
        Optional<SeedMean> than = SeedMean.of(of(right, common), metric);
        String heading = block.metrics().getOrDefault(metric, metric);
        if (better.isEmpty() || than.isEmpty()) {
            if (!left.isEmpty() && !right.isEmpty()) {
                return text.append(" Ours: no seed that both were run with.").toString();
            }
            return text.append(" Ours: ").append(Filled.NOT_RUN).append('.').toString();
        }
        return text.append(String.format(
                        Locale.ROOT,
                        " Ours: %s %s against %s: %s.",
                        heading,
                        better.get().cell(Metric.digits(metric)).text(),
                        than.get().cell(Metric.digits(metric)).text(),
                        verdict(left, right, common, metric)))
                .toString();
    }

    private static String metric(TableSpec.Claim claim, TableSpec.Block block) {
        return claim.metric()
                .getOrDefault(block.name(), block.metrics().keySet().iterator().next());
    }

    private String paper(TableSpec.Claim claim, TableSpec.Block block, String metric) {
        Double better = published(claim.better(), metric);
        Double than = published(claim.than(), metric);
        if (better == null || than == null) {
            return "";
        }
        boolean holds = Metric.lowerIsBetter(metric) ? better < than : better > than;
        return String.format(
                Locale.ROOT,
                " Paper: %s, %s %.2f against %.2f.",
                holds ? "yes" : "no",
                block.metrics().getOrDefault(metric, metric),
                better,
                than);
    }

    private @Nullable Double published(String row, String metric) {
        TableSpec.Row found = spec.row(row);
        return found.published().isEmpty()
                ? null
                : published
                        .find(found.published(), found.publishedPlace())
                        .metrics()
                        .get(metric);
    }

    private List<Records.Known> records(TableSpec.Block block, String row) {
        return used.getOrDefault(block.name(), Map.of()).getOrDefault(row, List.of());
    }

    private static Set<Long> seeds(List<Records.Known> records) {
        return records.stream().map(known -> known.record().seed()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Records.Known> of(List<Records.Known> records, Set<Long> seeds) {
        return records.stream()
                .filter(known -> seeds.contains(known.record().seed()))
                .toList();
    }

    /**
     * Seed by seed, since both rows of a seed share noise, order of the data and feature network. The mean gain counts where it is more than twice its standard error; one seed has
     * none.
     */
    private static String verdict(
            List<Records.Known> better, List<Records.Known> than, Set<Long> seeds, String metric) {
        double sign = Metric.lowerIsBetter(metric) ? -1 : 1;
        List<Double> gains = new ArrayList<>();
        for (long seed : seeds) {
            Optional<SeedMean> left = SeedMean.of(of(better, Set.of(seed)), metric);
            Optional<SeedMean> right = SeedMean.of(of(than, Set.of(seed)), metric);
            if (left.isPresent() && right.isPresent()) {
                gains.add(sign * (left.get().mean() - right.get().mean()));
            }
        }
        double gain = gains.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        if (gains.size() < 2) {
            return (gain > 0 ? "yes" : "no") + ", by one seed";
        }
        double squares =
                gains.stream().mapToDouble(one -> (one - gain) * (one - gain)).sum();
        double error = Math.sqrt(squares / (gains.size() - 1) / gains.size());
        if (Math.abs(gain) <= 2 * error) {
            return "no difference beyond the spread of seeds";
        }
        return gain > 0 ? "yes" : "no, the other way round";
    }
}
