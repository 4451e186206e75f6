package org.ppflow.data.picture;

/**
 * Changes the size of a picture as Pillow up to version 12 does, bit for bit: the weights of a filter in fixed point, 22 fraction bits, all rows
 * horizontally first, stored as 8 bits, then vertically. A pass whose size does not change is left out. Only the part that is asked for is computed;
 * its bytes are those of the whole.
 */
final class Resampling {
    /** Pillow leaves 8 bits for the sample and 2 for overshoot of 32. */
    private static final int FRACTION_BITS = 22;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    /** A filter: its weight at a distance, in samples of the coarser side, and beyond which distance it is 0. */
    enum Filter {
        /** Mean of what lies in a square. */
        BOX(0.5) {
            @Override
            double weight(double distance) {
                return distance > -0.5 && distance <= 0.5 ? 1 : 0;
            }
        },
        /** Cubic convolution, a = −0.5 (Keys 1981). */
        BICUBIC(2) {
            @Override
            double weight(double distance) {
                double x = Math.abs(distance);
                if (x < 1) {
                    return ((A + 2) * x - (A + 3)) * x * x + 1;
                }
                return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
            }
        };

        private static final double A = -0.5;
        private final double support;

        Filter(double support) {
            this.support = support;
        }

        abstract double weight(double distance);
    }

    /**
     * Weights of one axis.
     *
     * @param first first sample of each output
     * @param weights of the samples from there on, fixed point
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Axis(int[] first, int[][] weights) {
        /** Outputs [from, to) of an axis that goes from {@code samples} to {@code outputs}. */
        static Axis of(int samples, int outputs, Filter filter, int from, int to) {
            double ratio = (double) samples / outputs;
            double scale = Math.max(ratio, 1);
            double support = filter.support * scale;
            double inverse = 1 / scale;
            int[] first = new int[to - from];
            int[][] weights = new int[to - from][];
            for (int i = from; i < to; i++) {
                double centre = (i + 0.5) * ratio;
                int start = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(samples, (int) (centre + support + 0.5));
                double[] exact = new double[end - start];
                double sum = 0;
                for (int j = start; j < end; j++) {
                    exact[j - start] = filter.weight((j - centre + 0.5) * inverse);
                    sum += exact[j - start];
                }
                int[] fixed = new int[exact.length];
                for (int j = 0; j < fixed.length; j++) {
                    double weight = sum == 0 ? exact[j] : exact[j] / sum;
                    fixed[j] = (int) (weight * (1 << FRACTION_BITS) + (weight < 0 ? -0.5 : 0.5));
                }
                first[i - from] = start;
                weights[i - from] = fixed;
            }
            return new Axis(first, weights);
        }

        /** The samples themselves. */
        static Axis identity(int from, int to) {
            int[] first = new int[to - from];
            int[][] weights = new int[to - from][];
            for (int i = from; i < to; i++) {
                first[i - from] = i;
                weights[i - from] = new int[] {1 << FRACTION_BITS};
            }
            return new Axis(first, weights);
        }

        int start() {
            int least = Integer.MAX_VALUE;
            for (int one : first) {
                least = Math.min(least, one);
            }
            return least;
        }

        int end() {
            int greatest = 0;
            for (int i = 0; i < first.length; i++) {
                greatest = Math.max(greatest, first[i] + weights[i].length);
            }
            return greatest;
        }
    }

    private Resampling() {}

    /** The whole picture in another size. */
    static Picture resize(Picture picture, int height, int width, Filter filter) {
        return resize(picture, height, width, filter, 0, 0, height, width);
    }

    /**
     * A part of the picture in another size.
     *
     * @param height of the whole; likewise {@code width}
     * @param top first row of the part; likewise {@code left}
     * @param rows of the part; likewise {@code columns}
     */
    static Picture resize(
            Picture picture, int height, int width, Filter filter, int top, int left, int rows, int columns) {
        int channels = picture.channels();
        Axis down = height == picture.height()
                ? Axis.identity(top, top + rows)
                : Axis.of(picture.height(), height, filter, top, top + rows);
        Axis across = width == picture.width()
                ? Axis.identity(left, left + columns)
                : Axis.of(picture.width(), width, filter, left, left + columns);
        int firstRow = down.start();
        byte[] narrow =
                horizontal(picture.pixels(), picture.width(), channels, across, firstRow, down.end() - firstRow);
        return new Picture(rows, columns, channels, vertical(narrow, columns * channels, down, firstRow));
    }

    private static byte[] horizontal(byte[] pixels, int width, int channels, Axis axis, int firstRow, int rows) {
        int columns = axis.first.length;
        byte[] narrow = new byte[rows * columns * channels];
        int target = 0;
        for (int row = 0; row < rows; row++) {
            int start = (firstRow + row) * width * channels;
            for (int column = 0; column < columns; column++) {
                int[] weights = axis.weights[column];
                int sample = start + axis.first[column] * channels;
                if (channels == 3) {
                    int red = HALF;
                    int green = HALF;
                    int blue = HALF;
                    for (int weight : weights) {
                        red += weight * (pixels[sample] & 0xFF);
                        green += weight * (pixels[sample + 1] & 0xFF);
                        blue += weight * (pixels[sample + 2] & 0xFF);
                        sample += 3;
                    }
                    narrow[target++] = clip(red);
                    narrow[target++] = clip(green);
                    narrow[target++] = clip(blue);
                } else {
                    int grey = HALF;
                    for (int weight : weights) {
                        grey += weight * (pixels[sample++] & 0xFF);
                    }
                    narrow[target++] = clip(grey);
                }
            }
        }
        return narrow;
    }

    private static byte[] vertical(byte[] narrow, int rowBytes, Axis axis, int firstRow) {
        int rows = axis.first.length;
        byte[] result = new byte[rows * rowBytes];
        int[] sums = new int[rowBytes];
        for (int row = 0; row < rows; row++) {
            java.util.Arrays.fill(sums, HALF);
            int sample = (axis.first[row] - firstRow) * rowBytes;
            for (int weight : axis.weights[row]) {
                for (int i = 0; i < rowBytes; i++) {
                    sums[i] += weight * (narrow[sample + i] & 0xFF);
                }
                sample += rowBytes;
            }
            for (int i = 0; i < rowBytes; i++) {
                result[row * rowBytes + i] = clip(sums[i]);
            }
        }
        return result;
    }

    private static byte clip(int fixed) {
        int value = fixed >> FRACTION_BITS;
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }
}
