package org.ppflow.flow.level;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;

/**
 * How the images of a batch stand in rows as long as an image of the most tokens (paper, Figure 9): several images of a coarse level share a row, each level has
 * rows of its own, and none has a gap. A row costs what one image of the one-level model costs, so rows over images is the cost of training by packed rows.
 *
 * @param layout all images, an image's tokens together
 * @param length L, tokens of a row
 */
public record PackedRows(TokenLayout layout, int length) {
    private static final int SEARCH_LIMIT = 1 << 16;

    /**
     * An image in its row.
     *
     * @param image row of the batch
     * @param level of it
     * @param start its first token's place in the row
     * @param tokens of it
     */
    public record Image(int image, int level, int start, int tokens) {}

    /**
     * Checks that images fill rows.
     *
     * @throws IllegalArgumentException naming the level whose images do not
     */
    public PackedRows {
        for (TokenLayout.Group group : layout.groups()) {
            if (!fills(group.images(), group.tokens(), length)) {
                throw new IllegalArgumentException("level " + group.level() + " has " + group.images() + " images of "
                        + group.tokens() + " tokens, which do not fill rows of " + length);
            }
        }
    }

    /** Rows as long as the longest image. */
    public static PackedRows of(TokenLayout layout) {
        return new PackedRows(
                layout,
                longest(layout.groups().stream().map(TokenLayout.Group::tokens).toList()));
    }

    /**
     * The images of a batch, in rows.
     *
     * @param batch number of images
     * @throws BadInputException if the levels cannot share it or its images do not fill rows, naming the nearest batches that do
     */
    public static PackedRows of(LevelSchedule schedule, int batch, int height, int width) {
        List<Integer> tokens = schedule.tokens(height, width);
        if (fits(schedule, tokens, batch)) {
            return of(TokenLayout.of(BatchPlan.split(schedule, batch), tokens));
        }
        List<String> near = new ArrayList<>();
        for (int smaller = Math.min(batch, SEARCH_LIMIT) - 1; smaller > 0 && near.isEmpty(); smaller--) {
            if (fits(schedule, tokens, smaller)) {
                near.add(Integer.toString(smaller));
            }
        }
        for (int larger = Math.max(1, batch + 1); larger < SEARCH_LIMIT; larger++) {
            if (fits(schedule, tokens, larger)) {
                near.add(Integer.toString(larger));
                break;
            }
        }
        throw BadInputException.at("batch " + batch)
                .found("images of " + tokens + " tokens by level, which do not fill rows of " + longest(tokens))
                .expected("for each level its share of the batch in t, and that in whole rows")
                .advice(
                        near.isEmpty()
                                ? "no batch below " + SEARCH_LIMIT + " does; choose rounder boundaries"
                                : "the nearest batches that do: " + String.join(" and ", near))
                .build();
    }

    /**
     * The smallest batch whose images fill rows.
     *
     * @throws BadInputException if none below 65536 does
     */
    public static PackedRows smallest(LevelSchedule schedule, int height, int width) {
        List<Integer> tokens = schedule.tokens(height, width);
        int batch = 1;
        while (batch < SEARCH_LIMIT && !fits(schedule, tokens, batch)) {
            batch++;
        }
        return of(schedule, batch, height, width);
    }

    private static boolean fits(LevelSchedule schedule, List<Integer> tokens, int batch) {
        if (!BatchPlan.splits(schedule, batch)) {
            return false;
        }
        BatchPlan plan = BatchPlan.split(schedule, batch);
        for (int level = 0; level < tokens.size(); level++) {
            if (!fills(plan.count(level), tokens.get(level), longest(tokens))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fills(int images, int tokens, int length) {
        return length % tokens == 0 && (long) images * tokens % length == 0;
    }

    private static int longest(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** Number of rows. */
    public int count() {
        return layout.rows() / length;
    }

    /** Images of a row, from its first token on. */
    public List<Image> row(int index) {
        int before = 0;
        for (TokenLayout.Group group : layout.groups()) {
            int rows = group.rows() / length;
            if (index < before + rows) {
                int inRow = length / group.tokens();
                List<Image> images = new ArrayList<>();
                for (int i = 0; i < inRow; i++) {
                    int image = group.firstImage() + (index - before) * inRow + i;
                    images.add(new Image(image, group.level(), i * group.tokens(), group.tokens()));
                }
                return images;
            }
            before += rows;
        }
        throw new IndexOutOfBoundsException("row " + index + " of " + before);
    }

    /** Rows over images, in (0, 1]: what training an image costs, as a share of one that fills a row. */
    public double share() {
        int images =
                layout.groups().stream().mapToInt(TokenLayout.Group::images).sum();
        return (double) count() / images;
    }
}
