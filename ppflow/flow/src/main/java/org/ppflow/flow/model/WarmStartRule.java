package org.ppflow.flow.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/**
 * How a SiT's patch projections become those of a coarser level. A patch of P·a × Q·b pixels is seen through two matrices, both
 * applied along rows and along columns alike: {@code input} takes the weight over P pixels to one over P·a, {@code output} takes
 * P pixels of the final layer to P·a.
 */
public enum WarmStartRule {
    /** As the published code: the token of the box-averaged patch; output pixels repeated. */
    @JsonProperty("code")
    CODE {
        @Override
        double[][] input(int pixels, int factor) {
            return scaled(output(pixels, factor), 1.0 / factor);
        }

        @Override
        double[][] output(int pixels, int factor) {
            double[][] matrix = new double[pixels * factor][pixels];
            for (int pixel = 0; pixel < matrix.length; pixel++) {
                matrix[pixel][pixel / factor] = 1;
            }
            return matrix;
        }
    },
    /** As the paper: the mean of the tokens of the small patches inside; each of them gets the same output. */
    @JsonProperty("paper")
    PAPER {
        @Override
        double[][] input(int pixels, int factor) {
            return scaled(output(pixels, factor), 1.0 / factor);
        }

        @Override
        double[][] output(int pixels, int factor) {
            double[][] matrix = new double[pixels * factor][pixels];
            for (int pixel = 0; pixel < matrix.length; pixel++) {
                matrix[pixel][pixel % pixels] = 1;
            }
            return matrix;
        }
    },
    /**
     * Patch-embedding resize by pseudo-inverse (Beyer et al. 2023, FlexiViT, section 3.4): with B the bilinear enlargement of a patch,
     * the weight B·(BᵀB)⁻¹·w gives an enlarged patch the very token that the small one had; the output is enlarged by B.
     */
    @JsonProperty("pseudo-inverse")
    PSEUDO_INVERSE {
        @Override
        double[][] input(int pixels, int factor) {
            DMatrixRMaj enlarge = new DMatrixRMaj(output(pixels, factor));
            DMatrixRMaj inverse = new DMatrixRMaj(pixels, pixels * factor);
            CommonOps_DDRM.pinv(enlarge, inverse);
            double[][] matrix = new double[pixels * factor][pixels];
            for (int row = 0; row < matrix.length; row++) {
                for (int column = 0; column < pixels; column++) {
                    matrix[row][column] = inverse.get(column, row);
                }
            }
            return matrix;
        }

        /** Half-pixel centres; beyond the outer centres the outer pixel. */
        @Override
        double[][] output(int pixels, int factor) {
            double[][] matrix = new double[pixels * factor][pixels];
            for (int pixel = 0; pixel < matrix.length; pixel++) {
                double centre = Math.min(Math.max((pixel + 0.5) / factor - 0.5, 0), pixels - 1);
                int left = (int) Math.min(Math.floor(centre), Math.max(0, pixels - 2));
                double share = centre - left;
                matrix[pixel][left] += 1 - share;
                if (share > 0) {
                    matrix[pixel][left + 1] += share;
                }
            }
            return matrix;
        }
    };

    /**
     * Weights over a small patch's pixels along one axis to those over an enlarged patch's.
     *
     * @param pixels P
     * @param factor a
     * @return [P·a][P]
     */
    abstract double[][] input(int pixels, int factor);

    /** Pixels of the final layer along one axis to those of an enlarged patch, [P·a][P]. */
    abstract double[][] output(int pixels, int factor);

    /**
     * The rule of a name: {@code code}, {@code paper}, {@code pseudo-inverse}.
     *
     * @throws BadInputException if there is none
     */
    public static WarmStartRule named(String name) {
        for (WarmStartRule rule : values()) {
            if (rule.toString().equals(name)) {
                return rule;
            }
        }
        List<String> names =
                Arrays.stream(values()).map(WarmStartRule::toString).toList();
        BadInputException.Builder problem = BadInputException.at("rule '" + name + "'")
                .found("no rule of this name")
                .expected("one of " + String.join(", ", names));
        Nearest.to(name, names).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
        throw problem.build();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double[][] scaled(double[][] matrix, double by) {
        for (double[] row : matrix) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= by;
            }
        }
        return matrix;
    }
}
