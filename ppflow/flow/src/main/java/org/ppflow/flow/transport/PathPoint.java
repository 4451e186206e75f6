package org.ppflow.flow.transport;

/**
 * A path at one time: x_t = α·x1 + σ·x0 with data x1 and noise x0, and what follows from that.
 *
 * @param t time in [0, 1], 0 is noise, 1 is data
 * @param alpha α_t, weight of the data
 * @param dAlpha dα/dt
 * @param sigma σ_t, weight of the noise
 * @param dSigma dσ/dt
 * @param alphaRatio d ln α/dt = (dα/dt)/α; infinite where α is 0
 * @param scoreFactor g in v = (d ln α/dt)·x + g·score, which is (d ln α/dt)·σ² − σ·dσ/dt; infinite where α is 0
 */
public record PathPoint(
        double t, double alpha, double dAlpha, double sigma, double dSigma, double alphaRatio, double scoreFactor) {}
