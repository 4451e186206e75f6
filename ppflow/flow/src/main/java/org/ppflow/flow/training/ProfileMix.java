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
 */
public final class ProfileMix {
    /** Of the largest diagonal entry; keeps snapshots that say nearly the same from taking huge shares of opposite sign. */
    private static final double RIDGE = 1e-12;

    private ProfileMix() {}

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
     * Share of each snapshot; they add up to 1.
     *
     * @param snapshots at least one
     * @param wanted profile
     * @param step that the wanted average ends at
     */
    public static double[] shares(List<Snapshot> snapshots, PowerProfile wanted, double step) {
        int count = snapshots.size();
        DMatrixRMaj products = new DMatrixRMaj(count, count);
        DMatrixRMaj wantedProducts = new DMatrixRMaj(count, 1);
        for (int i = 0; i < count; i++) {
            Snapshot one = snapshots.get(i);
            // Every row and column by its own size: the profiles of early steps are higher by orders.
            for (int j = 0; j < count; j++) {
                Snapshot other = snapshots.get(j);
                double product = one.profile().product(one.step(), other.profile(), other.step());
                products.set(i, j, product / size(one) / size(other) + (i == j ? RIDGE : 0));
            }
            wantedProducts.set(i, 0, one.profile().product(one.step(), wanted, step) / size(one));
        }
        DMatrixRMaj solution = new DMatrixRMaj(count, 1);
        if (!CommonOps_DDRM.solve(products, wantedProducts, solution)) {
            throw new IllegalArgumentException("snapshots: two of them are the same");
        }
        double[] shares = new double[count];
        for (int i = 0; i < count; i++) {
            shares[i] = solution.get(i, 0) / size(snapshots.get(i));
        }
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private static double size(Snapshot snapshot) {
        return Math.sqrt(snapshot.profile().product(snapshot.step(), snapshot.profile(), snapshot.step()));
    }
}
