package org.ppflow.flow.training;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Puts a power-function average that was not kept together from snapshots of others: the combination of their profiles that is nearest to the wanted
 * one, in least squares over time (Karras et al. 2024, section 3.2 and appendix C).
 *
 * <p>Differs from the reference: the shares are scaled to add up to 1. A profile that is wider than those kept leaves a gap otherwise (0.2 of 0.05 and 0.1:
 * 0.2 % of every weight, most of the error), and what never changes, position tables, would not stay as it is.
 *
 * @param shares of the snapshots, which add up to 1
 * @param error distance between the profile that they make and the wanted one, as a share of the wanted one's size: √(∫ (mix − wanted)² ds / ∫ wanted² ds). Near 0
 *     for a width among those kept, and up to 1 and more where the snapshots have nothing like it
 */
public record ProfileMix(List<Double> shares, double error) {
    /** Of the largest diagonal entry; keeps snapshots that say nearly the same from taking huge shares of opposite sign. */
    private static final double RIDGE = 1e-12;

    public ProfileMix {
        shares = List.copyOf(shares);
    }

    /**
     * A snapshot of an average.
     *
     * @param step when it was taken, from 1
     * @param profile of the average
     */
    public record Snapshot(double step, PowerProfile profile) {
        public Snapshot {
            if (!(step >= 1)) {
                throw new IllegalArgumentException("step: " + step + " must be at least 1");
            }
        }
    }

    /**
     * The combination that is nearest.
     *
     * @param snapshots at least one
     * @param wanted profile
     * @param step that the wanted average ends at
     */
    public static ProfileMix of(List<Snapshot> snapshots, PowerProfile wanted, double step) {
        int count = snapshots.size();
        DMatrixRMaj products = new DMatrixRMaj(count, count);
        DMatrixRMaj ridged = new DMatrixRMaj(count, count);
        DMatrixRMaj wantedProducts = new DMatrixRMaj(count, 1);
        for (int i = 0; i < count; i++) {
            Snapshot one = snapshots.get(i);
            // Every row and column by its own size: the profiles of early steps are higher by orders.
            for (int j = 0; j < count; j++) {
                Snapshot other = snapshots.get(j);
                double product = one.profile().product(one.step(), other.profile(), other.step());
                products.set(i, j, product / size(one) / size(other));
                ridged.set(i, j, products.get(i, j) + (i == j ? RIDGE : 0));
            }
            wantedProducts.set(i, 0, one.profile().product(one.step(), wanted, step) / size(one));
        }
        DMatrixRMaj solution = new DMatrixRMaj(count, 1);
        if (!CommonOps_DDRM.solve(ridged, wantedProducts, solution)) {
            throw new IllegalArgumentException("snapshots: two of them are the same");
        }
        double[] shares = new double[count];
        for (int i = 0; i < count; i++) {
            shares[i] = solution.get(i, 0) / size(snapshots.get(i));
        }
        double sum = Arrays.stream(shares).sum();
        CommonOps_DDRM.divide(solution, sum);
        double wantedSize = size(new Snapshot(step, wanted));
        return new ProfileMix(
                Arrays.stream(shares).mapToObj(share -> share / sum).toList(),
                error(products, wantedProducts, solution, wantedSize));
    }

    /** |mix − wanted|² = mix·mix − 2·mix·wanted + wanted·wanted, which rounding may leave below 0. */
    private static double error(DMatrixRMaj products, DMatrixRMaj wantedProducts, DMatrixRMaj mix, double wantedSize) {
        DMatrixRMaj image = new DMatrixRMaj(mix.numRows, 1);
        CommonOps_DDRM.mult(products, mix, image);
        double square = CommonOps_DDRM.dot(mix, image) - 2 * CommonOps_DDRM.dot(mix, wantedProducts);
        return Math.sqrt(Math.max(0, square / wantedSize / wantedSize + 1));
    }

    private static double size(Snapshot snapshot) {
        return Math.sqrt(snapshot.profile().product(snapshot.step(), snapshot.profile(), snapshot.step()));
    }
}
