package org.ppflow.flow.level;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;

/**
 * How many images of a batch each level gets: in proportion to the levels' lengths in t, exactly, fixed for the whole run, so
 * that every shape of the training graph is static. Rows of the batch are ordered by level.
 *
 * @param counts images of each level, each at least 1
 */
public record BatchPlan(List<Integer> counts) {
    private static final double TOLERANCE = 1e-9;
    private static final double MOST = 1e-3;
    private static final int DIGITS = 12;
    private static final int SEARCH_LIMIT = 1 << 16;

    public BatchPlan {
        counts = List.copyOf(counts);
        if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("counts: " + counts + " must all be at least 1");
        }
    }

    /**
     * Splits a batch.
     *
     * @param batch number of images
     * @throws BadInputException if the levels' shares are not whole numbers of images, naming the nearest batches that can be
     *     split
     */
    public static BatchPlan split(LevelSchedule schedule, int batch) {
        if (splits(schedule, batch)) {
            List<Integer> counts = new ArrayList<>();
            for (PatchLevel level : schedule.levels()) {
                counts.add((int) Math.rint(batch * level.length()));
            }
            return new BatchPlan(counts);
        }
        List<String> near = new ArrayList<>();
        for (int smaller = batch - 1; smaller > 0 && near.isEmpty(); smaller--) {
            if (splits(schedule, smaller)) {
                near.add(Integer.toString(smaller));
            }
        }
        for (int larger = Math.max(1, batch + 1); larger < SEARCH_LIMIT; larger++) {
            if (splits(schedule, larger)) {
                near.add(Integer.toString(larger));
                break;
            }
        }
        throw BadInputException.at("training.batch")
                .found(batch + " images, which the levels of " + schedule.name() + " cannot share in proportion to "
                        + schedule.levels().stream().map(BatchPlan::share).toList())
                .expected("a whole number of images for each level")
                .advice(
                        near.isEmpty()
                                ? "no batch below " + SEARCH_LIMIT + " can be split; choose rounder boundaries"
                                : "the nearest batches that can be split: " + String.join(" and ", near))
                .build();
    }

    /** A level's length as a person would write it, 0.4 for 0.6 - 0.2. */
    private static String share(PatchLevel level) {
        return new BigDecimal(level.length())
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Whether every level's share of a batch is a whole number of images, at least one. */
    public static boolean splits(LevelSchedule schedule, int batch) {
        for (PatchLevel level : schedule.levels()) {
            double share = batch * level.length();
            if (Math.rint(share) < 1
                    || Math.abs(share - Math.rint(share)) > Math.min(MOST, TOLERANCE * Math.max(1, batch))) {
                return false;
            }
        }
        return true;
    }

    /** All images of the batch. */
    public int batch() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** Row of the batch at which a level begins. */
    public int offset(int level) {
        return counts.subList(0, level).stream().mapToInt(Integer::intValue).sum();
    }

    /** Images of a level. */
    public int count(int level) {
        return counts.get(level);
    }

    /** Level of a row of the batch. */
    public int levelOf(int row) {
        int level = 0;
        int end = counts.get(0);
        while (row >= end) {
            level++;
            end += counts.get(level);
        }
        return level;
    }
}
