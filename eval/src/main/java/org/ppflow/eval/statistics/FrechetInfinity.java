package org.ppflow.eval.statistics;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;

/**
 * The Fréchet distance that endless samples would have, FID∞ with Inception's features (Chong and Forsyth, <i>Effectively
 * unbiased FID and Inception Score and where to find them</i>, 2020). The distance of N samples is larger by about c/N:
 * distances of several N lie on a line in 1/N, whose value at 0 is taken. The reference's own number of pictures still counts.
 *
 * @param value at 1/N = 0
 * @param slope c
 * @param standardError of the value, from how far points are from the line
 * @param low lower end of a 95 % interval of the line's value at 0 (Student's t). It tells how well the line is known and not
 *     how far other samples would move it, which is what {@link FrechetBootstrap} is for
 * @param high its upper end
 * @param points the distances of N samples
 */
public record FrechetInfinity(
        double value, double slope, double standardError, double low, double high, List<Point> points) {
    /**
     * One distance.
     *
     * @param count number of samples N
     * @param distance of them
     */
    public record Point(int count, double distance) {}

    /**
     * Which distances are taken.
     *
     * @param points how many, at least 5
     * @param fewest samples of the first; the last has all
     * @param seed of the choice
     */
    public record Options(int points, int fewest, long seed) {
        /** 15 points from 5000 samples on, as in the paper. */
        public static final Options USUAL = new Options(15, 5000, 0);

        public Options {
            if (points < 5 || fewest < 2) {
                throw new IllegalArgumentException(points + " points from " + fewest + " samples on");
            }
        }

        /** The usual points, or, with fewer than 10 000 samples, from half of them on. */
        public static Options fitting(int count) {
            return count >= 2 * USUAL.fewest ? USUAL : new Options(USUAL.points, Math.max(2, count / 2), USUAL.seed);
        }
    }

    public FrechetInfinity {
        points = List.copyOf(points);
    }

    /**
     * Takes the distances, each of samples chosen anew, and lays the line. The choice goes by keys made from the pictures'
     * content, so the order of rows matters in the last bits only.
     *
     * <p>Memory: that of one {@link MomentAccumulator}, a distance and 16 bytes a sample. Time: each point costs the moments of
     * its samples and one distance; with 50 000 samples of 2048 features on two cores about half a minute.
     *
     * @param reference to which distances are
     * @param samples [M, F], more than the fewest
     * @param keys one for each row
     * @param progress in distances
     */
    public static FrechetInfinity of(
            FrechetReference reference, FeatureRows samples, long[] keys, Options options, Progress progress) {
        int count = samples.count();
        if (keys.length != count || count <= options.fewest) {
            throw new IllegalArgumentException(
                    count + " rows and " + keys.length + " keys for distances from " + options.fewest + " samples on");
        }
        int[] order = KeyOrder.of(keys);
        List<Point> points = new ArrayList<>();
        try (Progress.Task task = progress.start("Fréchet distance of endless samples", options.points, "subsets")) {
            for (int i = 0; i < options.points; i++) {
                int taken =
                        options.fewest + Math.toIntExact((long) (count - options.fewest) * i / (options.points - 1));
                KeyedPermutation permutation = new KeyedPermutation(count, options.seed, Purpose.FRECHET_SUBSET, i);
                int[] weights = new int[count];
                for (int place = 0; place < taken; place++) {
                    weights[order[(int) permutation.at(place)]] = 1;
                }
                points.add(
                        new Point(taken, reference.distanceTo(samples, weights).value()));
                task.advanceTo(i + 1L);
            }
        }
        return line(points);
    }

    /**
     * Why the line may not be one; empty where all is well.
     *
     * @param name of the samples
     * @param size number of features
     */
    public List<String> warnings(String name, int size) {
        int fewest = points.stream().mapToInt(Point::count).min().orElse(0);
        return fewest > size
                ? List.of()
                : List.of(
                        name + ": distances from " + fewest + " samples of " + size + " features on are no line in 1/N;"
                                + " for a distance of endless samples give more than " + 2 * size);
    }

    /**
     * Ordinary least squares in 1/N.
     *
     * @param points at least 5, of different N
     */
    static FrechetInfinity line(List<Point> points) {
        int n = points.size();
        double meanX = points.stream().mapToDouble(p -> 1.0 / p.count).average().orElseThrow();
        double meanY = points.stream().mapToDouble(Point::distance).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        for (Point point : points) {
            double x = 1.0 / point.count - meanX;
            xx += x * x;
            xy += x * (point.distance - meanY);
        }
        double slope = xy / xx;
        double value = meanY - slope * meanX;
        double residuals = 0;
        for (Point point : points) {
            double residual = point.distance - value - slope / point.count;
            residuals += residual * residual;
        }
        double error = Math.sqrt(residuals / (n - 2) * (1.0 / n + meanX * meanX / xx));
        double half = StudentQuantile.twoSided95(n - 2) * error;
        return new FrechetInfinity(value, slope, error, value - half, value + half, points);
    }
}
