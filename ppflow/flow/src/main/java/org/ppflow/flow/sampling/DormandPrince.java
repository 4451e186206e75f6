package org.ppflow.flow.sampling;

import java.util.List;

/** The pair of order 5 and 4 of Dormand and Prince (1980), and what is read between its ends (Shampine 1986). */
final class DormandPrince {
    /** Order of the solution that goes on. */
    static final int ORDER = 5;

    /** c: time of each stage as a share of the step. */
    static final List<Double> NODES = List.of(0.0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1.0, 1.0);

    /** a: the last row is the solution of order 5, whose slope is the first of the next step. */
    static final List<List<Double>> STAGES = List.of(
            List.of(),
            List.of(1.0 / 5),
            List.of(3.0 / 40, 9.0 / 40),
            List.of(44.0 / 45, -56.0 / 15, 32.0 / 9),
            List.of(19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729),
            List.of(9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656),
            List.of(35.0 / 384, 0.0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84));

    /** Order 5 minus order 4: the estimate of the error. */
    static final List<Double> ERROR = List.of(
            35.0 / 384 - 5179.0 / 57600,
            0.0,
            500.0 / 1113 - 7571.0 / 16695,
            125.0 / 192 - 393.0 / 640,
            -2187.0 / 6784 + 92097.0 / 339200,
            11.0 / 84 - 187.0 / 2100,
            -1.0 / 40);

    /** The solution in the middle of the step, of order 4. */
    static final List<Double> MIDDLE = List.of(
            6025192743.0 / 30085553152.0 / 2,
            0.0,
            51252292925.0 / 65400821598.0 / 2,
            -2691868925.0 / 45128329728.0 / 2,
            187940372067.0 / 1594534317056.0 / 2,
            -1776094331.0 / 19743644256.0 / 2,
            11237099.0 / 235043384.0 / 2);

    private DormandPrince() {}
}
