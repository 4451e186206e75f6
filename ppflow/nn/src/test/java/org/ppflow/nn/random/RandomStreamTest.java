package org.ppflow.nn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    private static final int DRAWS = 200_000;

    @Test
    void of_theSameFourValues_givesTheSameNumbers() {
        RandomStream one = RandomStream.of(7, Purpose.TEST, 3, 5);
        RandomStream two = RandomStream.of(7, Purpose.TEST, 3, 5);

        for (int i = 0; i < 100; i++) {
            assertThat(one.nextInt()).isEqualTo(two.nextInt());
        }
    }

    /** Rows and steps beyond 32 bits catch a coordinate that is cut to an int. */
    @Test
    void of_anyOtherSeedPurposeRowOrStep_givesOtherNumbers() {
        Set<Long> firsts = new HashSet<>();
        int streams = 0;
        for (long seed : new long[] {0, 1, -1, 1L << 40, Long.MIN_VALUE}) {
            for (Purpose purpose : Purpose.values()) {
                for (long row : new long[] {0, 1, 2, 1L << 32, (1L << 32) + 1, (1L << 48) - 1}) {
                    for (long step : new long[] {0, 1, 2, 1L << 32, (1L << 48) - 1}) {
                        firsts.add(RandomStream.of(seed, purpose, row, step).nextLong());
                        streams++;
                    }
                }
            }
        }

        assertThat(firsts).hasSize(streams);
    }

    @Test
    void of_refusesCoordinatesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomStream.of(0, Purpose.TEST, -1))
                .withMessageContaining("row -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomStream.of(0, Purpose.TEST, 0, 1L << 48))
                .withMessageContaining("step 281474976710656");
    }

    /** Neighbouring rows, steps and purposes: correlation within five standard errors of none. */
    @Test
    void streams_ofNeighbours_areNotCorrelated() {
        int n = 20_000;
        float[] base = gaussians(RandomStream.of(1, Purpose.TRAINING_NOISE, 0, 0), n);
        RandomStream[] neighbours = {
            RandomStream.of(1, Purpose.TRAINING_NOISE, 1, 0),
            RandomStream.of(1, Purpose.TRAINING_NOISE, 0, 1),
            RandomStream.of(1, Purpose.SAMPLE_NOISE, 0, 0),
            RandomStream.of(2, Purpose.TRAINING_NOISE, 0, 0),
        };
        for (RandomStream neighbour : neighbours) {
            float[] other = gaussians(neighbour, n);
            double product = 0;
            for (int i = 0; i < n; i++) {
                product += base[i] * other[i];
            }
            assertThat(product / n).isCloseTo(0, within(5 / Math.sqrt(n)));
        }
    }

    /** One stream a row, as training draws them: first numbers of many rows are as independent as those of one row. */
    @Test
    void firstNumbersOfManyRows_areUniform() {
        int bins = 64;
        int[] counts = new int[bins];
        for (int row = 0; row < DRAWS; row++) {
            counts[(int) (RandomStream.of(9, Purpose.TIME, row).nextDouble() * bins)]++;
        }

        assertThat(chiSquared(counts)).isLessThan(125); // 63 degrees of freedom: mean 63, standard deviation 11.2
    }

    /** Bounds are five standard errors of each moment. */
    @Test
    void nextGaussian_hasTheMomentsOfANormal() {
        RandomStream stream = RandomStream.of(11, Purpose.TEST, 0);
        double[] moments = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            double z = stream.nextGaussian();
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(z, power) / DRAWS;
            }
        }

        double error = 5 / Math.sqrt(DRAWS);
        assertThat(moments[1]).isCloseTo(0, within(error));
        assertThat(moments[2]).isCloseTo(1, within(error * Math.sqrt(2)));
        assertThat(moments[3]).isCloseTo(0, within(error * Math.sqrt(15)));
        assertThat(moments[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    }

    @Test
    void nextGaussian_hasTheTailsOfANormal() {
        RandomStream stream = RandomStream.of(12, Purpose.TEST, 0);
        int beyond2 = 0;
        int beyond3 = 0;
        double largest = 0;
        for (int i = 0; i < DRAWS; i++) {
            double z = Math.abs(stream.nextGaussian());
            beyond2 += z > 2 ? 1 : 0;
            beyond3 += z > 3 ? 1 : 0;
            largest = Math.max(largest, z);
        }

        assertThat(beyond2 / (double) DRAWS).isCloseTo(0.0455003, within(5 * Math.sqrt(0.0455 / DRAWS)));
        assertThat(beyond3 / (double) DRAWS).isCloseTo(0.0026998, within(5 * Math.sqrt(0.0027 / DRAWS)));
        assertThat(largest).isBetween(3.8, 6.35);
    }

    @Test
    void nextInt_withBound_isUniformAndInside() {
        int[] counts = new int[10];
        RandomStream stream = RandomStream.of(13, Purpose.TEST, 0);
        for (int i = 0; i < DRAWS; i++) {
            counts[stream.nextInt(10)]++;
        }

        assertThat(chiSquared(counts)).isLessThan(31); // 9 degrees of freedom: mean 9, standard deviation 4.2
        assertThat(stream.nextInt(1)).isZero();
        assertThat(stream.nextInt(Integer.MAX_VALUE)).isNotNegative();
        assertThatIllegalArgumentException().isThrownBy(() -> stream.nextInt(0)).withMessageContaining("bound 0");
    }

    @Test
    void nextDouble_staysInsideTheOpenInterval() {
        RandomStream stream = RandomStream.of(14, Purpose.TEST, 0);
        for (int i = 0; i < DRAWS; i++) {
            assertThat(stream.nextDouble()).isGreaterThan(0).isLessThan(1);
        }
    }

    @Test
    void fillGaussian_fillsItsRangeOnly_withTheNumbersOfNextGaussian() {
        float[] filled = new float[10];

        RandomStream.of(15, Purpose.TEST, 0).fillGaussian(filled, 2, 7);

        float[] expected = gaussians(RandomStream.of(15, Purpose.TEST, 0), 5);
        assertThat(Arrays.copyOfRange(filled, 2, 7)).isEqualTo(expected);
        assertThat(new float[] {filled[0], filled[1], filled[7], filled[8], filled[9]})
                .containsOnly(0);
    }

    /** Old runs must draw the same numbers with new code. The values are this generator's own, pinned in November 2026. */
    @Test
    void purposes_keepTheirCodes() {
        int[] codes = Arrays.stream(Purpose.values()).mapToInt(Purpose::code).toArray();

        assertThat(codes).doesNotHaveDuplicates();
        assertThat(Purpose.INITIAL_WEIGHT.code()).isEqualTo(1);
        assertThat(Purpose.TRAINING_NOISE.code()).isEqualTo(4);
        assertThat(Purpose.SAMPLE_NOISE.code()).isEqualTo(8);
        assertThat(Purpose.TEST.code()).isEqualTo(13);
    }

    private static float[] gaussians(RandomStream stream, int count) {
        float[] values = new float[count];
        stream.fillGaussian(values, 0, count);
        return values;
    }

    private static double chiSquared(int[] counts) {
        double expected = (double) DRAWS / counts.length;
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }
}
