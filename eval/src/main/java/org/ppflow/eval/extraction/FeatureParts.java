package org.ppflow.eval.extraction;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.eval.feature.Features;

/**
 * Where parts of the rows of a set go: stretches of {@value #ROWS} pictures. A part is the unit of work that a kill may lose, and that shards share out.
 *
 * <p>Features of {@value #ROWS} pictures of Inception take 10 MB.
 */
interface FeatureParts {
    /** Pictures of a part; the last may have fewer. */
    int ROWS = 512;

    /** Whether a part is there, whole and undamaged. */
    boolean has(int part);

    /** Keeps a part. */
    void put(int part, Features features, long[] keys);

    /** Number of parts of so many pictures. */
    static int count(int pictures) {
        return (pictures + ROWS - 1) / ROWS;
    }

    /** First picture of a part. */
    static int first(int part) {
        return part * ROWS;
    }

    /** Pictures of a part. */
    static int rows(int part, int pictures) {
        return Math.min(ROWS, pictures - first(part));
    }

    /** Those of parts [from, to) that are missing. */
    default List<Integer> missing(int from, int to) {
        List<Integer> missing = new ArrayList<>();
        for (int part = from; part < to; part++) {
            if (!has(part)) {
                missing.add(part);
            }
        }
        return missing;
    }
}
