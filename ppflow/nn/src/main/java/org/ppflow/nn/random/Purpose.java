package org.ppflow.nn.random;

/**
 * What a random number is for. Two purposes never share numbers, even at the same seed, row and step. The code is
 * part of the key: a new purpose takes a new code, an old code is never used again, or old runs draw other numbers.
 */
public enum Purpose {
    /** Initial value of a variable; the row is a hash of its name. */
    INITIAL_WEIGHT(1),
    /** Order of the training rows in an epoch; the step is the epoch. */
    SHUFFLE(2),
    /** Time t of a training row. */
    TIME(3),
    /** Gaussian noise x0 of a training row. */
    TRAINING_NOISE(4),
    /** Whether a training row's label becomes the null class. */
    LABEL_DROPOUT(5),
    /** Whether a training row is mirrored. */
    MIRROR(6),
    /** Posterior draw of a variational latent. */
    POSTERIOR(7),
    /** Gaussian noise x0 of a sample; the row is the sample's index, so two models sample from the same noise. */
    SAMPLE_NOISE(8),
    /** Class of a sample. */
    SAMPLE_CLASS(9),
    /** Training of a feature classifier: order of rows. */
    CLASSIFIER_SHUFFLE(10),
    /** Training of a feature classifier: small shifts of the picture. */
    CLASSIFIER_SHIFT(11),
    /** Order in which an evaluation shuffles samples. */
    EVALUATION_SHUFFLE(12),
    /** Free for tests. */
    TEST(13),
    /** Noise of a step of the sampling SDE; the row is the sample's index. */
    SDE_NOISE(14),
    /** Probe of a likelihood; the row is the latent's index, the step the probe's number. */
    LIKELIHOOD_PROBE(15),
    /** Which pictures a subset of a kernel distance holds; the step is the subset and side. */
    KERNEL_SUBSET(16),
    /** Which samples a Fréchet distance of fewer of them takes; the step is the distance's number. */
    FRECHET_SUBSET(17),
    /** Which samples a bootstrap's resample holds, and how often; the row is the resample's number. */
    BOOTSTRAP(18),
    /** Made-up input of a benchmark. */
    BENCHMARK(19),
    /** Noise between two stages of a pyramid; the row is the sample's index, the step the later stage. */
    RENOISING(20);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
