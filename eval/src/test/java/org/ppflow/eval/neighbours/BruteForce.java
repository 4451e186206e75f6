package org.ppflow.eval.neighbours;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/** Every distance of two small sets, and what follows from them by definition: what the fast search is held against. */
final class BruteForce {
    private BruteForce() {}

    static double[][] distances(FloatArray a, FloatArray b) {
        int size = a.rowSize();
        double[][] distances = new double[a.rows()][b.rows()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.rows(); j++) {
                distances[i][j] = SquaredDistances.between(a.values(), i * size, b.values(), j * size, size);
            }
        }
        return distances;
    }

    static double[] radii(FloatArray set, int k) {
        return Arrays.stream(distances(set, set))
                .mapToDouble(row -> Arrays.stream(row).sorted().toArray()[k])
                .toArray();
    }

    static PrecisionRecall precisionRecall(FloatArray reference, FloatArray samples, int k) {
        double[][] distances = distances(reference, samples);
        double[] referenceRadii = radii(reference, k);
        double[] sampleRadii = radii(samples, k);
        double[] referenceMargins = new double[reference.rows()];
        double[] sampleMargins = new double[samples.rows()];
        Arrays.fill(referenceMargins, Double.NEGATIVE_INFINITY);
        Arrays.fill(sampleMargins, Double.NEGATIVE_INFINITY);
        long inside = 0;
        long covered = 0;
        for (int i = 0; i < referenceMargins.length; i++) {
            boolean holdsOne = false;
            for (int j = 0; j < sampleMargins.length; j++) {
                double distance = distances[i][j];
                referenceMargins[i] = Math.max(referenceMargins[i], margin(sampleRadii[j], distance));
                sampleMargins[j] = Math.max(sampleMargins[j], margin(referenceRadii[i], distance));
                if (distance <= referenceRadii[i]) {
                    inside++;
                    holdsOne = true;
                }
            }
            covered += holdsOne ? 1 : 0;
        }
        return new PrecisionRecall(
                k,
                share(sampleMargins),
                share(referenceMargins),
                (double) inside / ((double) k * sampleMargins.length),
                (double) covered / referenceMargins.length,
                sampleMargins,
                referenceMargins);
    }

    private static double share(double[] margins) {
        return (double) Arrays.stream(margins).filter(margin -> margin >= 0).count() / margins.length;
    }

    private static double margin(double radius, double distance) {
        return distance == radius ? 0 : (radius - distance) / radius;
    }
}
