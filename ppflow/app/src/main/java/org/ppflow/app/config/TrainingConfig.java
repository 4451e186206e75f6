package org.ppflow.app.config;

import java.util.List;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.training.OnNotFinite;
import org.ppflow.flow.transport.LossWeight;

/**
 * Training of one model; the same for every schedule of the experiment.
 *
 * @param images seen in all, a multiple of the batch is not required: the last step is a full one
 * @param batch images a step, at least 1
 * @param learningRate over the steps
 * @param betas of AdamW, two, each in [0, 1)
 * @param epsilon of AdamW, above 0
 * @param weightDecay of AdamW, 0 or above
 * @param clipNorm norm that the gradient is scaled down to, 0 for never
 * @param ema of the weights
 * @param lossWeight of noise and score predictions
 * @param packing how images of several levels share a step
 * @param recompute whether the backward pass computes the inside of each block again, for less memory
 * @param accumulate parts that a batch is computed in, one after the other, for less memory; the batch must be split evenly, level by level
 * @param onNotFinite what to do about a loss or gradient that is NaN or infinite
 * @param checkpointEvery steps between two checkpoints, at least 1
 * @param keep newest checkpoints kept, at least 2: a damaged newest one must have one before it
 * @param keepEvery checkpoints of multiples of so many steps are kept as well, 0 for none; a multiple of checkpoint_every
 */
public record TrainingConfig(
        long images,
        int batch,
        LearningRateConfig learningRate,
        List<Double> betas,
        double epsilon,
        double weightDecay,
        double clipNorm,
        EmaConfig ema,
        LossWeight lossWeight,
        Packing packing,
        boolean recompute,
        int accumulate,
        OnNotFinite onNotFinite,
        long checkpointEvery,
        int keep,
        long keepEvery) {
    /** Beyond this a number is a slip: the paper's longest training sees 2.8e9 images. */
    private static final long MAX_IMAGES = 1_000_000_000_000L;

    public TrainingConfig {
        Check.atLeast("batch", batch, 1);
        Check.that(images <= MAX_IMAGES, "images", images + " must be at most " + MAX_IMAGES);
        Check.that(images >= batch, "images", images + " must be at least one batch, which is " + batch);
        Check.that(betas.size() == 2, "betas", betas + " must be two numbers");
        betas = List.copyOf(betas);
        for (int i = 0; i < betas.size(); i++) {
            Check.fraction("betas[" + i + "]", betas.get(i));
        }
        Check.positive("epsilon", epsilon);
        Check.notNegative("weight_decay", weightDecay);
        Check.notNegative("clip_norm", clipNorm);
        Check.atLeast("checkpoint_every", checkpointEvery, 1);
        Check.atLeast("keep", keep, 2);
        Check.atLeast("accumulate", accumulate, 1);
        Check.that(batch % accumulate == 0, "accumulate", accumulate + " does not divide the batch, which is " + batch);
        multipleOfCheckpoints("keep_every", keepEvery, checkpointEvery);
        multipleOfCheckpoints("ema.snapshot_every", ema.snapshotEvery(), checkpointEvery);
    }

    private static void multipleOfCheckpoints(String key, long every, long checkpointEvery) {
        Check.atLeast(key, every, 0);
        Check.that(
                every % checkpointEvery == 0,
                key,
                every + " must be a multiple of checkpoint_every, which is " + checkpointEvery);
    }

    /** Number of steps: images over batch, rounded up. */
    public long steps() {
        return (images + batch - 1) / batch;
    }
}
