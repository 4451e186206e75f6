package org.ppflow.nn.random;

/**
 * A pseudo-random permutation of {0, …, size − 1} as a function: no table, no shuffle buffer, any element on its own. A
 * balanced Feistel network over the next even number of bits, walked until the value falls inside the range (Black and
 * Rogaway, <i>Ciphers with arbitrary finite domains</i>, 2002); at most four rounds of walking on average.
 */
public final class KeyedPermutation {
    private static final int ROUNDS = 6;

    private final long size;
    private final int halfBits;
    private final long halfMask;
    private final int[] roundKeys = new int[2 * ROUNDS];

    /**
     * The permutation of one epoch.
     *
     * @param size number of elements, at least 1
     * @param seed the run's seed
     * @param purpose what is shuffled
     * @param epoch which shuffle, from 0
     */
    public KeyedPermutation(long size, long seed, Purpose purpose, long epoch) {
        if (size < 1) {
            throw new IllegalArgumentException("size " + size + " must be at least 1");
        }
        this.size = size;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
        this.halfBits = Math.max(1, (bits + 1) / 2);
        this.halfMask = (1L << halfBits) - 1;
        RandomStream keys = RandomStream.of(seed, purpose, 0, epoch);
        for (int i = 0; i < roundKeys.length; i++) {
            roundKeys[i] = keys.nextInt();
        }
    }

    /**
     * The element at a position.
     *
     * @param position in [0, size)
     */
    public long at(long position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException("position " + position + " is outside [0, " + size + ")");
        }
        int[] block = new int[4];
        long value = position;
        do {
            value = encrypt(value, block);
        } while (value >= size);
        return value;
    }

    private long encrypt(long value, int[] block) {
        long left = value >>> halfBits;
        long right = value & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            block[0] = (int) right;
            block[1] = (int) (right >>> 32);
            block[2] = round;
            block[3] = 0;
            Philox.block(roundKeys[2 * round], roundKeys[2 * round + 1], block);
            long next = left ^ (block[0] & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
