package org.ppflow.flow.level;

/**
 * Floating-point operations of one image through the transformer's blocks, two for each multiply-add: 24·L·D² + 4·L²·D a
 * block (projections and feed-forward part; attention), the count behind the paper's shares (its Tables 1 and 2).
 *
 * @param depth number of blocks
 * @param hidden D
 * @param height latent height
 * @param width latent width
 */
public record Flops(int depth, int hidden, int height, int width) {
    /** One pass of one image at a level. */
    public double blocks(PatchLevel level) {
        double tokens = level.patch().tokens(height, width);
        double d = hidden;
        return depth * (24 * tokens * d * d + 4 * tokens * tokens * d);
    }

    /** Mean over t of one pass: each level weighs its length. */
    public double meanPass(LevelSchedule schedule) {
        double sum = 0;
        for (PatchLevel level : schedule.levels()) {
            sum += level.length() * blocks(level);
        }
        return sum;
    }

    /** Cost of a schedule over that of another, in (0, 1] where it is cheaper. */
    public double share(LevelSchedule schedule, LevelSchedule baseline) {
        return meanPass(schedule) / meanPass(baseline);
    }

    /** One training step of one image: a backward pass costs two forward passes. */
    public double trainingImage(LevelSchedule schedule) {
        return 3 * meanPass(schedule);
    }
}
