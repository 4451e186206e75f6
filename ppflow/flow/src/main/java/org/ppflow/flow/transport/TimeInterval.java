package org.ppflow.flow.transport;

/**
 * The times between which a path is trained or sampled. Its ends keep clear of t where a formula is infinite: by ε where SiT
 * does so (its {@code check_interval}), and also where SiT forgets to.
 *
 * @param from first time, in [0, 1]
 * @param to last time, in [0, 1], not equal to from; before it where data goes to noise
 */
public record TimeInterval(double from, double to) {
    /** All of it, from noise to data. */
    public static final TimeInterval WHOLE = new TimeInterval(0, 1);

    private static final double SMALL = 1e-3;
    private static final double VP_TRAINING = 1e-5;

    public TimeInterval {
        if (!(from >= 0 && from <= 1 && to >= 0 && to <= 1)) {
            throw new IllegalArgumentException("interval: " + from + " to " + to + " must be inside [0, 1]");
        }
        if (from == to) {
            throw new IllegalArgumentException("interval: from " + from + " to itself is empty");
        }
    }

    /** ε of training where nobody gives another: SiT's. */
    public static double trainingEps(Transport transport) {
        if (transport.path() == ProbabilityPath.VP) {
            return VP_TRAINING;
        }
        return transport.prediction() == Prediction.VELOCITY ? 0 : SMALL;
    }

    /** ε of the ODE where nobody gives another: SiT's. */
    public static double odeEps(Transport transport) {
        boolean finite = transport.path() != ProbabilityPath.VP && transport.prediction() == Prediction.VELOCITY;
        return finite ? 0 : SMALL;
    }

    /**
     * ε of the SDE where nobody gives another: that of the ODE; 1e-3 also for {@link DiffusionForm#SBDM}, whose coefficient is infinite
     * at t = 0, and where the score is asked for at the end. Differs from the reference, which computes NaN there.
     *
     * @param asksAtEnd whether a stage is evaluated at the end of the interval, and the end may be t = 1
     */
    public static double sdeEps(Transport transport, DiffusionForm form, boolean asksAtEnd) {
        return form == DiffusionForm.SBDM || asksAtEnd ? SMALL : odeEps(transport);
    }

    /** Where t is drawn from: [ε, 1 − ε] for noise and score, [0, 1 − ε] on the VP path, else all of [0, 1]. */
    public static TimeInterval training(Transport transport, double eps) {
        return ode(transport, eps);
    }

    /** What the ODE is solved over, from noise to data; the same rule as for training. */
    public static TimeInterval ode(Transport transport, double eps) {
        requireEps(eps);
        if (transport.path() == ProbabilityPath.VP) {
            return new TimeInterval(0, 1 - eps);
        }
        return transport.prediction() == Prediction.VELOCITY ? WHOLE : new TimeInterval(eps, 1 - eps);
    }

    /**
     * What the steps with noise of the SDE go over.
     *
     * @param lastStep size of the last step without noise, which goes on from the end of the interval; 0 for none
     */
    public static TimeInterval sde(Transport transport, DiffusionForm form, double lastStep, double eps) {
        requireEps(eps);
        if (!(lastStep >= 0 && lastStep < 1)) {
            throw new IllegalArgumentException("last step: " + lastStep + " must be in [0, 1)");
        }
        boolean infiniteAtNoise = transport.path() != ProbabilityPath.VP
                && (form == DiffusionForm.SBDM || transport.prediction() != Prediction.VELOCITY);
        return new TimeInterval(infiniteAtNoise ? eps : 0, 1 - (lastStep == 0 ? eps : lastStep));
    }

    /**
     * From data to noise. Differs from the reference, which takes 1 − t of both ends: on the VP path that begins at t = 1, where dσ/dt is
     * infinite.
     */
    public TimeInterval reversed() {
        return new TimeInterval(to, from);
    }

    private static void requireEps(double eps) {
        if (!(eps >= 0 && eps < 0.5)) {
            throw new IllegalArgumentException("eps: " + eps + " must be in [0, 0.5)");
        }
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + "]";
    }
}
