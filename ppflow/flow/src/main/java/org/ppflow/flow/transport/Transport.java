package org.ppflow.flow.transport;

/**
 * What is learnt: a path, and what the network predicts on it.
 *
 * @param path from noise to data
 * @param prediction of the network
 */
public record Transport(ProbabilityPath path, Prediction prediction) {
    /** SiT's and PPFlow's: velocity on the linear path. */
    public static final Transport DEFAULT = new Transport(ProbabilityPath.LINEAR, Prediction.VELOCITY);

    /**
     * Writes one row of x_t and of the target of its loss: velocity; x0 where noise is predicted; −x0 where a score is, whose loss is that of
     * σ·output (denoising score matching).
     *
     * @param data x1, values [offset, offset + size)
     * @param noise x0, same range
     * @param t time inside {@link TimeInterval#training}
     * @param position x_t, same range, written
     * @param target same range, written
     * @param weight of the loss; velocity is never weighted
     * @return how the loss of the row is formed
     */
    public TrainingTarget write(
            float[] data,
            float[] noise,
            double t,
            float[] position,
            float[] target,
            int offset,
            int size,
            LossWeight weight) {
        path.write(data, noise, t, position, target, offset, size);
        if (prediction == Prediction.VELOCITY) {
            return new TrainingTarget(1, 1);
        }
        PathPoint point = path.at(t);
        if (prediction == Prediction.NOISE) {
            System.arraycopy(noise, offset, target, offset, size);
            return new TrainingTarget(1, weight.at(point));
        }
        for (int i = offset; i < offset + size; i++) {
            target[i] = -noise[i];
        }
        return new TrainingTarget(point.sigma(), weight.at(point));
    }

    @Override
    public String toString() {
        return prediction + " on the " + path + " path";
    }
}
