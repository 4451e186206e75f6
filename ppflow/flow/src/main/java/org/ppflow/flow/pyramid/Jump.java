package org.ppflow.flow.pyramid;

/**
 * How a state gets from the end of one stage to the start of the next, of twice the height and width: x' = α·Up(x) + β·n', with Up each pixel
 * as a block of 2×2 equal ones.
 *
 * <p>Up leaves a block's four values with one and the same noise: covariance (1−t)²·11ᵀ, where the next stage was trained on independent noise. With
 * n' ~ N(0, (1+γ)I − γ·11ᵀ) in each block, α = 1/(√(1+1/γ)·(1−t) + t) and β = α(1−t)/√γ, the covariance becomes
 * α²(1−t)²·11ᵀ + β²((1+γ)I − γ·11ᵀ) = (1−αt)²·I, that of a straight path at the earlier time αt (Jin et al. 2024, section 3.2; their α and β
 * for any γ from the published scheduler). γ = 1/3 is the most that is a covariance, and the least noise: each block's n' adds up to 0.
 *
 * @param alpha α in (0, 1]
 * @param beta β, 0 for no noise
 */
public record Jump(double alpha, double beta) {
    /** γ: −γ is the correlation of n' between two values of a block. */
    public static final double GAMMA = 1.0 / 3;

    /** Nothing is added. */
    public static final Jump PLAIN = new Jump(1, 0);

    public Jump {
        if (!(alpha > 0 && alpha <= 1 && beta >= 0)) {
            throw new IllegalArgumentException(
                    "jump: alpha " + alpha + " must be in (0, 1], beta " + beta + " 0 or more");
        }
    }

    /**
     * With noise. At t = 1/2: α = 2/3, β = 1/√3.
     *
     * @param t at which the stage before ends, in (0, 1)
     */
    public static Jump renoised(double t) {
        double alpha = 1 / (Math.sqrt(1 + 1 / GAMMA) * (1 - t) + t);
        return new Jump(alpha, alpha * (1 - t) / Math.sqrt(GAMMA));
    }

    /** Whether it adds noise. */
    public boolean hasNoise() {
        return beta != 0;
    }

    /** x' from a value of Up(x) and one of n'. */
    double apply(double enlarged, double noise) {
        return alpha * enlarged + beta * noise;
    }

    /**
     * A value of n' from independent standard normals z: √(1+γ)·(z − mean of z over its block), whose covariance is
     * (1+γ)(I − 11ᵀ/4), which is (1+γ)I − γ·11ᵀ at γ = 1/3.
     */
    static double blockNoise(double z, double blockMean) {
        return Math.sqrt(1 + GAMMA) * (z - blockMean);
    }
}
