package org.ppflow.flow.level;

/**
 * Floating-point operations of one image, two for each multiply-add. Through the transformer's blocks: 24·L·D² + 4·L²·D a
 * block (projections and feed-forward part of ratio 4; attention), the count behind the paper's shares (its Tables 1 and 2).
 *
 * @param depth number of blocks
 * @param hidden D
 * @param height latent height
 * @param width latent width
 * @param mlpRatio width of the feed-forward part over D
 * @param channels of the latent
 * @param outputs channels of the final layer, twice those of the latent with {@code learn_sigma}
 */
public record Flops(int depth, int hidden, int height, int width, int mlpRatio, int channels, int outputs) {
    private static final int SINUSOIDS = 256;

    /** One pass of one image at a level. */
    public double blocks(PatchLevel level) {
        double tokens = level.patch().tokens(height, width);
        double d = hidden;
        return depth * ((8 + 4.0 * mlpRatio) * tokens * d * d + 4 * tokens * tokens * d);
    }

    /**
     * Every matrix product of one pass of one image: the blocks, their adaLN (12·D² each), patch embedding and final projection (2·L·D for
     * each value of a patch), adaLN of the final layer (4·D²) and the timestep's two layers (2·256·D + 2·D²).
     */
    public double all(PatchSize patch) {
        return all(patch, patch);
    }

    /** The same at a level of a schedule, whose patches may be averaged down before they are embedded. */
    public double all(LevelSchedule schedule, int level) {
        return all(schedule.level(level).patch(), schedule.projected(level));
    }

    private double all(PatchSize patch, PatchSize projected) {
        double tokens = patch.tokens(height, width);
        double d = hidden;
        double modulation = 12.0 * depth * d * d + 4 * d * d;
        double projections = 2 * tokens * d * projected.area() * ((double) channels + outputs);
        double timestep = 2 * SINUSOIDS * d + 2 * d * d;
        return blocks(new PatchLevel(patch, 0, 1)) + modulation + projections + timestep;
    }

    /** Mean over t of {@link #all}: each level weighs its length. */
    public double meanAll(LevelSchedule schedule) {
        double sum = 0;
        for (int level = 0; level < schedule.count(); level++) {
            sum += schedule.level(level).length() * all(schedule, level);
        }
        return sum;
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
