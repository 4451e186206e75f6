package org.ppflow.flow.training;

/**
 * The weights that a power-function average gives to past steps: proportional to s^γ for s up to the step t of the average (Karras et al. 2024,
 * <em>Analyzing and Improving the Training Dynamics of Diffusion Models</em>, section 3.1 and appendix C).
 *
 * @param exponent γ, above 0
 */
public record PowerProfile(double exponent) {
    /** The widest profile is that of γ = 0, all steps alike: 1/√12. */
    private static final double WIDEST = 1 / Math.sqrt(12);

    public PowerProfile {
        if (!(exponent > 0 && exponent < 1e6)) {
            throw new IllegalArgumentException("exponent: " + exponent + " must be above 0");
        }
    }

    /**
     * The profile of a relative width: σ = √((γ + 1) / ((γ + 2)²·(γ + 3))), solved by halving.
     *
     * @param width σ, standard deviation of the profile as a share of t, in (0, 1/√12)
     */
    public static PowerProfile ofWidth(double width) {
        if (!(width > 1e-5 && width < WIDEST)) {
            throw new IllegalArgumentException("profile: " + width + " must be above 0 and below " + WIDEST);
        }
        double low = 0;
        double high = 1e6;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (width(middle) > width) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new PowerProfile(high);
    }

    /** σ. */
    public double width() {
        return width(exponent);
    }

    private static double width(double gamma) {
        return Math.sqrt((gamma + 1) / ((gamma + 2) * (gamma + 2) * (gamma + 3)));
    }

    /**
     * Inner product of two profiles as functions of time, ∫ p(s)·q(s) ds, with p(s) = (γ + 1)·s^γ / t^(γ + 1) on [0, t].
     *
     * @param t step of this profile's average
     * @param other the other profile
     * @param u step of its average
     */
    public double product(double t, PowerProfile other, double u) {
        double shorter = Math.min(t, u);
        double sum = exponent + other.exponent + 1;
        // (γ+1)(δ+1)/(γ+δ+1) · min^(γ+δ+1) / (t^(γ+1)·u^(δ+1)), by logarithms: the powers leave the range of double
        double logarithm = sum * Math.log(shorter) - (exponent + 1) * Math.log(t) - (other.exponent + 1) * Math.log(u);
        return (exponent + 1) * (other.exponent + 1) / sum * Math.exp(logarithm);
    }
}
