package org.ppflow.flow.pyramid;

import java.util.Optional;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.Representation;
import org.ppflow.nn.array.FloatArray;

/**
 * From noise to data in stages, each on latents of twice the height and width of the one before. A schedule's level from a to b is the stage that ends
 * at t = b and starts at t = α·a, where the {@link Jump} from the stage before arrives: at a itself where no noise is added. With two levels that
 * meet at 1/2: stages [0, 1/2] and [1/2, 1], or [0, 1/2] and [1/3, 1] with noise.
 *
 * <p>In a stage from s to e, on squares averaged to one pixel, with x1 the data, Down and Up by the stage's squares and n noise of variance 1:
 * x goes from s·Up(Down(x1 of the stage before)) + (1−s)·n to e·Down(x1) + (1−e)·n with the same n, straight in t.
 *
 * <p>Differs from the reference (github jy0205/Pyramid-Flow), which gives the network a time of its own for each stage, in proportion to the stages' lengths: here it is
 * t, of which 1 − t is the noise of x.
 *
 * <p>States keep the latent's shape [N, C, H, W]: a coarse stage's are the same all over each square.
 *
 * @param schedule whose representation is a pyramid
 */
public record PyramidPath(LevelSchedule schedule) {
    public PyramidPath {
        if (!schedule.representation().isPyramid()) {
            throw new IllegalArgumentException("schedule: " + schedule.name() + " is no pyramid");
        }
    }

    /** That of a schedule, if it is a pyramid. */
    public static Optional<PyramidPath> of(LevelSchedule schedule) {
        return schedule.representation().isPyramid() ? Optional.of(new PyramidPath(schedule)) : Optional.empty();
    }

    /** The stage of a level. */
    public Stage stage(int level) {
        PatchLevel patches = schedule.level(level);
        double start = level == 0 ? 0 : jump(level).alpha() * patches.start();
        return new Stage(schedule.reduction(level), start, patches.end());
    }

    /**
     * How a level is reached from the one before.
     *
     * @param level from 1
     */
    public Jump jump(int level) {
        return schedule.representation() == Representation.PYRAMID_RENOISED
                ? Jump.renoised(schedule.level(level).start())
                : Jump.PLAIN;
    }

    /**
     * Writes one row of x at a time of a stage, and of dx/dτ there ({@link Stage}).
     *
     * @param level index of the stage
     * @param t in the stage
     * @param data x1, one row of [offset, offset + C·H·W)
     * @param noise standard normals, same range
     * @param position x, same range, written
     * @param target dx/dτ, same range, written
     * @param shape [N, C, H, W] of all rows
     */
    public void write(
            int level,
            double t,
            float[] data,
            float[] noise,
            float[] position,
            float[] target,
            int offset,
            int... shape) {
        Stage stage = stage(level);
        SquareMeans squares = SquareMeans.ofShape(shape);
        double[] fine = squares.of(data, offset, stage.reduction());
        // The first stage starts from noise alone: what it would be enlarged from has the factor 0.
        double[] coarse =
                level == 0 ? fine : squares.of(data, offset, stage(level - 1).reduction());
        double[] normals = squares.noise(noise, offset, stage.reduction());
        double local = stage.local(t);
        for (int i = 0; i < fine.length; i++) {
            double first = stage.start() * coarse[i] + (1 - stage.start()) * normals[i];
            double last = stage.end() * fine[i] + (1 - stage.end()) * normals[i];
            position[offset + i] = (float) ((1 - local) * first + local * last);
            target[offset + i] = (float) (last - first);
        }
    }

    /**
     * Where sampling starts.
     *
     * @param normals standard normals, [N, C, H, W]
     * @return the same averaged over the first stage's squares, of variance 1
     */
    public FloatArray start(FloatArray normals) {
        SquareMeans squares = SquareMeans.ofShape(normals.shape());
        FloatArray start = FloatArray.zeros(normals.shape());
        int size = normals.rowSize();
        for (int row = 0; row < normals.rows(); row++) {
            double[] means = squares.noise(normals.values(), row * size, stage(0).reduction());
            for (int i = 0; i < size; i++) {
                start.values()[row * size + i] = (float) means[i];
            }
        }
        return start;
    }

    /**
     * From the end of the stage before to the start of a stage.
     *
     * @param level index of the stage, from 1
     * @param state at the end of the stage before, [N, C, H, W]
     * @param normals standard normals, same shape; without effect where no noise is added
     */
    public FloatArray jump(int level, FloatArray state, FloatArray normals) {
        Jump jump = jump(level);
        if (!jump.hasNoise()) {
            return state;
        }
        SquareMeans squares = SquareMeans.ofShape(state.shape());
        FloatArray next = FloatArray.zeros(state.shape());
        int size = state.rowSize();
        int side = stage(level).reduction();
        for (int row = 0; row < state.rows(); row++) {
            int offset = row * size;
            double[] z = squares.noise(normals.values(), offset, side);
            double[] blocks = squares.of(normals.values(), offset, 2 * side);
            for (int i = 0; i < size; i++) {
                // z is side times a mean, and so is the mean of a block of them.
                double noise = Jump.blockNoise(z[i], side * blocks[i]);
                next.values()[offset + i] = (float) jump.apply(state.values()[offset + i], noise);
            }
        }
        return next;
    }
}
