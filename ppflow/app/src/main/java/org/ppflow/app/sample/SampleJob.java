package org.ppflow.app.sample;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;

/**
 * What is to be drawn and where it goes.
 *
 * @param name for progress
 * @param sampler of the samples
 * @param start their noise and classes
 * @param count how many, over all shards
 * @param shard which of them
 * @param output file or folder
 * @param parts folder of finished batches while it is unfinished
 * @param format of the output
 * @param decoder for pictures; without it latents are written
 * @param cost of the model
 * @param guideCost of the weaker model of autoguidance
 * @param settings everything that the samples depend on, as JSON; a sampling goes on only where they are the same
 * @param overwrite whether samples or parts of other settings may be replaced
 */
public record SampleJob(
        String name,
        Sampler sampler,
        SampleStart start,
        long count,
        SampleShard shard,
        Path output,
        Path parts,
        SampleFormat format,
        Optional<LatentDecoder> decoder,
        SamplingCost cost,
        Optional<SamplingCost> guideCost,
        String settings,
        boolean overwrite) {
    /** Folder of samples that were drawn without a class. */
    static final String NO_CLASS = "null";

    public SampleJob {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " must be at least 1");
        }
        if (format.folder() && decoder.isEmpty()) {
            throw new IllegalArgumentException("png: latents are no pictures; --decode makes them");
        }
        if (shard.firstBatch(sampler.batches(count)) == shard.endBatch(sampler.batches(count))) {
            throw new IllegalArgumentException("shard " + shard + ": " + sampler.batches(count) + " batches of "
                    + sampler.batch() + " leave it nothing to draw");
        }
    }

    long firstBatch() {
        return shard.firstBatch(sampler.batches(count));
    }

    long endBatch() {
        return shard.endBatch(sampler.batches(count));
    }

    /** Index of the first sample of the shard. */
    long first() {
        return firstBatch() * sampler.batch();
    }

    /** How many samples the shard has. */
    public long samples() {
        return Math.max(0, Math.min(count, endBatch() * sampler.batch()) - first());
    }

    /** How many of a batch's rows are kept. */
    int kept(long batch) {
        return (int) Math.min(sampler.batch(), count - batch * sampler.batch());
    }

    /** Folder of a class's pictures: its number, with as many digits as the last one has, so that classes sorted by name keep their numbers. */
    String classFolder(long label) {
        DitConfig network = sampler.config();
        int digits = Integer.toString(network.classes() - 1).length();
        return network.hasNullClass() && label == network.nullClass()
                ? NO_CLASS
                : String.format(Locale.ROOT, "%0" + digits + "d", label);
    }

    /** Whether pixels are kept, not latents. */
    boolean pictures() {
        return decoder.isPresent() && format != SampleFormat.ARROW;
    }

    /** Where settings and ledger are kept. */
    Path record() {
        if (format.folder()) {
            return output.resolve(SampleOutput.RECORD);
        }
        return output.resolveSibling(output.getFileName() + ".sampling.json");
    }
}
