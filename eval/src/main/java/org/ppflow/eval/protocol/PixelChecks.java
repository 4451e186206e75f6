package org.ppflow.eval.protocol;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ppflow.eval.images.ImageBatch;

/** What pixels alone tell of a set of pictures. Memory: 8 bytes a picture. */
final class PixelChecks {
    private final List<long[]> keys = new ArrayList<>();
    private int count;
    private int flat;
    private boolean onlyZeroAndOne = true;

    void add(ImageBatch batch) {
        int size = batch.height() * batch.width() * batch.channels();
        long[] batchKeys = new long[batch.count()];
        for (int i = 0; i < batchKeys.length; i++) {
            batchKeys[i] = Hashing.murmur3_128()
                    .hashBytes(batch.pixels(), i * size, size)
                    .asLong();
            flat += isFlat(batch.pixels(), i * size, size) ? 1 : 0;
        }
        for (byte pixel : batch.pixels()) {
            onlyZeroAndOne &= pixel == 0 || pixel == 1;
        }
        keys.add(batchKeys);
        count += batch.count();
    }

    /** A number for each picture that depends on its pixels alone; equal for equal pictures. */
    long[] keys() {
        return keys.stream().flatMapToLong(Arrays::stream).toArray();
    }

    /** What a reader of the metrics should know of the pictures called so. */
    List<String> warnings(String name) {
        List<String> warnings = new ArrayList<>();
        long different = keys.stream().flatMapToLong(Arrays::stream).distinct().count();
        if (different < count) {
            warnings.add(name + ": " + (count - different) + " of " + count + " pictures repeat another one exactly");
        }
        if (onlyZeroAndOne) {
            warnings.add(name + ": every pixel is 0 or 1, where 0 to 255 is wanted");
        } else if (flat > 0) {
            warnings.add(name + ": " + flat + " of " + count + " pictures are of one colour");
        }
        return warnings;
    }

    private static boolean isFlat(byte[] pixels, int start, int size) {
        for (int i = 1; i < size; i++) {
            if (pixels[start + i] != pixels[start]) {
                return false;
            }
        }
        return true;
    }
}
