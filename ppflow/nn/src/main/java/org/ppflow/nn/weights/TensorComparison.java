package org.ppflow.nn.weights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * How the tensor of one name differs between two files.
 *
 * @param name of the tensor
 * @param kind of the difference
 * @param detail types and shapes where they differ
 * @param largestDifference of elements, absolute; NaN stands for a place where one of them is not a number and the other is
 * @param largestValue of the first file's elements, absolute
 */
public record TensorComparison(String name, Kind kind, String detail, double largestDifference, double largestValue) {
    /** What can be said of a name. */
    public enum Kind {
        /** Only the first file has it. */
        MISSING,
        /** Only the second file has it. */
        EXTRA,
        /** Shapes differ, so elements cannot be compared. */
        SHAPE,
        /** Elements were compared. */
        COMPARED
    }

    /**
     * Compares two files tensor by tensor; two tensors are in memory at a time, as float64.
     *
     * @return one for each name, sorted
     */
    public static List<TensorComparison> of(TensorFile first, TensorFile second) throws IOException {
        TreeSet<String> names = new TreeSet<>(first.names());
        names.addAll(second.names());
        List<TensorComparison> all = new ArrayList<>();
        for (String name : names) {
            all.add(of(name, first, second));
        }
        return all;
    }

    private static TensorComparison of(String name, TensorFile first, TensorFile second) throws IOException {
        if (!second.contains(name)) {
            return new TensorComparison(name, Kind.MISSING, first.info(name).toString(), 0, 0);
        }
        if (!first.contains(name)) {
            return new TensorComparison(name, Kind.EXTRA, second.info(name).toString(), 0, 0);
        }
        TensorInfo a = first.info(name);
        TensorInfo b = second.info(name);
        String detail = a.equals(b)
                ? ""
                : a.type() + " " + Arrays.toString(a.shape()) + " against " + b.type() + " "
                        + Arrays.toString(b.shape());
        if (!Arrays.equals(a.shape(), b.shape())) {
            return new TensorComparison(name, Kind.SHAPE, detail, 0, 0);
        }
        double[] left = first.doubles(name);
        double[] right = second.doubles(name);
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < left.length; i++) {
            largest = Math.max(largest, Math.abs(left[i]));
            // Equal infinities and equal NaN are no difference.
            if (Double.compare(left[i], right[i]) != 0 && left[i] != right[i]) {
                difference = Math.max(difference, Math.abs(left[i] - right[i]));
            }
        }
        return new TensorComparison(name, Kind.COMPARED, detail, difference, largest);
    }

    /** Whether it is in both files with one shape, and no element differs by more than a tolerance. */
    public boolean isWithin(double tolerance) {
        return kind == Kind.COMPARED && largestDifference <= tolerance;
    }
}
