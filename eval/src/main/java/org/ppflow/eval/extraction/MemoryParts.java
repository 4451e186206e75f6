package org.ppflow.eval.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.array.FloatArray;

/** Parts in memory, for sets that are known to be small; put in order. */
final class MemoryParts implements FeatureParts {
    private final List<Features> parts = new ArrayList<>();
    private final List<long[]> keys = new ArrayList<>();

    @Override
    public boolean has(int part) {
        return part < parts.size();
    }

    @Override
    public void put(int part, Features features, long[] partKeys) {
        if (part != parts.size()) {
            throw new IllegalArgumentException("part " + part + " comes after " + parts.size());
        }
        parts.add(features);
        keys.add(partKeys);
    }

    FeatureSet all(String name, FeatureKey key, Optional<int[]> labels) {
        return new FeatureSet(
                name,
                key,
                joined(Features::features),
                joined(Features::spatial),
                joined(Features::probabilities),
                keys.stream().flatMapToLong(java.util.Arrays::stream).toArray(),
                labels);
    }

    private FeatureRows joined(Function<Features, FloatArray> kind) {
        List<FloatArray> arrays = parts.stream().map(kind).toList();
        int rows = arrays.stream().mapToInt(FloatArray::rows).sum();
        FloatArray all = FloatArray.zeros(rows, arrays.get(0).rowSize());
        int at = 0;
        for (FloatArray array : arrays) {
            System.arraycopy(array.values(), 0, all.values(), at, array.values().length);
            at += array.values().length;
        }
        return new ArrayRows(all);
    }
}
