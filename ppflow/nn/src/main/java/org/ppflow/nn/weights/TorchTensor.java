package org.ppflow.nn.weights;

import java.util.List;

/**
 * A tensor as a PyTorch pickle describes it: a view of a storage.
 *
 * @param storage where its elements are
 * @param offset first element, counted in elements
 * @param shape axis lengths
 * @param strides step along each axis, counted in elements
 */
record TorchTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {
    /**
     * An entry of the archive.
     *
     * @param type of its elements
     * @param key the entry is {@code data/KEY}
     * @param size number of elements
     */
    record Storage(TensorType type, String key, long size) {}

    TorchTensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
        if (shape.size() != strides.size() || shape.size() > TensorInfo.MAX_AXES) {
            throw new IllegalArgumentException("a tensor of shape " + shape + " with strides " + strides);
        }
        long elements = 1;
        long last = offset;
        for (int axis = 0; axis < shape.size(); axis++) {
            long length = shape.get(axis);
            if (length < 0 || length > Integer.MAX_VALUE || strides.get(axis) < 0) {
                throw new IllegalArgumentException("a tensor of shape " + shape + " with strides " + strides);
            }
            elements = Math.multiplyExact(elements, length);
            last = Math.addExact(last, Math.multiplyExact(Math.max(0, length - 1), strides.get(axis)));
        }
        // More elements than the storage has would be a view that repeats some: small files must not become large
        // tensors.
        boolean inside = offset >= 0 && (elements == 0 || (last < storage.size() && elements <= storage.size()));
        if (!inside) {
            throw new IllegalArgumentException("a tensor of shape " + shape + ", strides " + strides + ", offset "
                    + offset + " in a storage of " + storage.size() + " elements");
        }
    }

    TensorInfo info(String name) {
        return new TensorInfo(
                name, storage.type(), shape.stream().mapToInt(Long::intValue).toArray());
    }

    /** Whether the elements follow each other row by row. */
    boolean isRowMajor() {
        long expected = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            if (shape.get(axis) != 1 && strides.get(axis) != expected) {
                return shape.contains(0L);
            }
            expected *= shape.get(axis);
        }
        return true;
    }
}
