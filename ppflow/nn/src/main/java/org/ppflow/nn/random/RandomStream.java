package org.ppflow.nn.random;

/**
 * The numbers of one (seed, purpose, row, step), read in order. Two streams with the same four values give the same numbers;
 * making one costs nothing, so callers make one for every row instead of keeping one.
 *
 * <p>Only +, −, ×, ÷, √ and {@link StrictMath} are used, so the bytes are the same on every machine.
 */
public final class RandomStream {
    private static final long MAX_COORDINATE = 1L << 48;

    private final int key0;
    private final int key1;
    private final long row;
    private final long step;
    private final int[] words = new int[4];
    private int used = words.length;
    private int block;

    private RandomStream(long key, long row, long step) {
        this.key0 = (int) key;
        this.key1 = (int) (key >>> 32);
        this.row = row;
        this.step = step;
    }

    /**
     * The stream of one row at one step.
     *
     * @param seed the run's seed, any value
     * @param purpose what the numbers are for
     * @param row global row or sample index, 0 ≤ row &lt; 2⁴⁸
     * @param step training step, epoch or 0; 0 ≤ step &lt; 2⁴⁸
     */
    public static RandomStream of(long seed, Purpose purpose, long row, long step) {
        if (row < 0 || row >= MAX_COORDINATE || step < 0 || step >= MAX_COORDINATE) {
            throw new IllegalArgumentException("row " + row + " and step " + step + " must be in [0, 2^48)");
        }
        return new RandomStream(mix(mix(seed) + purpose.code()), row, step);
    }

    /** The stream of a row outside of any step. */
    public static RandomStream of(long seed, Purpose purpose, long row) {
        return of(seed, purpose, row, 0);
    }

    /** 32 random bits. */
    public int nextInt() {
        if (used == words.length) {
            words[0] = block++;
            words[1] = (int) row;
            words[2] = (int) step;
            words[3] = (int) (row >>> 32) << 16 | (int) (step >>> 32);
            Philox.block(key0, key1, words);
            used = 0;
        }
        return words[used++];
    }

    /** 64 random bits. */
    public long nextLong() {
        long high = nextInt();
        return high << 32 | (nextInt() & 0xFFFFFFFFL);
    }

    /** Uniform in the open interval (0, 1), 2³² equally spaced values. */
    public double nextDouble() {
        return ((nextInt() & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
    }

    /**
     * Uniform integer in [0, bound), without bias to within 2⁻³².
     *
     * @param bound at least 1
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound " + bound + " must be at least 1");
        }
        return (int) (((nextInt() & 0xFFFFFFFFL) * bound) >>> 32);
    }

    /** Standard normal, by inversion of a 32-bit uniform: |value| ≤ 6.34, one word a number. */
    public double nextGaussian() {
        return InverseNormal.quantile(nextDouble());
    }

    /** Fills {@code target[from, to)} with standard normals. */
    public void fillGaussian(float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = (float) nextGaussian();
        }
    }

    /** SplitMix64's finaliser (Steele, Lea and Flood 2014): spreads nearby seeds over all keys. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
