package org.ppflow.eval.neighbours;

import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Sets of rows made up from a seed, of the kinds that a search by rounded products may get wrong. */
enum RandomSets {
    NORMAL {
        @Override
        float value(RandomStream random, int row, int column) {
            return (float) random.nextGaussian();
        }
    },
    /** Few values: many equal distances, duplicates, balls that are points. */
    TIES {
        @Override
        float value(RandomStream random, int row, int column) {
            return random.nextInt(4) == 0 ? 0.5f : 0;
        }
    },
    /** A tight cluster far away: |u|² and 2uv are 10⁸ times the distance. */
    FAR {
        @Override
        float value(RandomStream random, int row, int column) {
            return 1000 + 0.1f * (float) random.nextGaussian();
        }
    },
    /** Tight clusters on both sides of their middle, where centring does not help. */
    TWO_CLUSTERS {
        @Override
        float value(RandomStream random, int row, int column) {
            return (row % 2 == 0 ? 300 : -300) + 0.01f * (float) random.nextGaussian();
        }
    },
    /** Rows from 10⁻³ to 10³. */
    MAGNITUDES {
        @Override
        float value(RandomStream random, int row, int column) {
            return (float) (Math.pow(10, row % 7 - 3) * random.nextGaussian());
        }
    },
    /** Squares that are no floats any more, or still none. */
    EXTREMES {
        @Override
        float value(RandomStream random, int row, int column) {
            return (float) ((row % 3 == 0 ? 1e25 : row % 3 == 1 ? 1e-25 : 1) * random.nextGaussian());
        }
    };

    abstract float value(RandomStream random, int row, int column);

    FloatArray of(long seed, int rows, int size) {
        FloatArray set = FloatArray.zeros(rows, size);
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < size; j++) {
                set.values()[i * size + j] = value(random, i, j);
            }
        }
        return set;
    }
}
