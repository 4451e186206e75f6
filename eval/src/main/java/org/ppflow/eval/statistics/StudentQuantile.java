package org.ppflow.eval.statistics;

/** Quantiles of Student's t distribution. */
final class StudentQuantile {
    /** Normal quantile of a two-sided 95 % interval. */
    private static final double Z = 1.959963984540054;

    private StudentQuantile() {}

    /**
     * The t that a variable of ν degrees of freedom stays within, on either side, with probability 95 %: expansion 26.7.5 of
     * Abramowitz and Stegun in 1/ν, off by 1.2e-3 relative at ν = 3, 1e-4 at ν = 5.
     *
     * @param freedom ν, at least 3
     */
    static double twoSided95(int freedom) {
        if (freedom < 3) {
            throw new IllegalArgumentException(freedom + " degrees of freedom, expected 3 or more");
        }
        double z2 = Z * Z;
        double first = Z * (z2 + 1) / 4;
        double second = Z * ((5 * z2 + 16) * z2 + 3) / 96;
        double third = Z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        double fourth = Z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
        double n = freedom;
        return Z + (first + (second + (third + fourth / n) / n) / n) / n;
    }
}
