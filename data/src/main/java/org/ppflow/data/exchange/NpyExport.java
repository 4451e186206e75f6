package org.ppflow.data.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.Posterior;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.Npy;
import org.ppflow.nn.weights.TensorSource;

/**
 * Writes a data set as fast-DiT reads it: {@code imagenetS_features/N.npy} of float32 [1, C, h, w], shifted and scaled as the model sees it, and {@code
 * imagenetS_labels/N.npy} of int64 [1]. A file that is there is kept, so killed and started again it goes on. In memory: one row.
 *
 * <p>fast-DiT reads files in the order of their names as text and pairs the two folders by place: the names are the same in both.
 */
public final class NpyExport {
    private final LatentDataset data;
    private final long seed;

    /**
     * Exports a data set.
     *
     * @param seed of the posterior draws, where moments are stored: one draw a row, frozen as that layout has it
     */
    public NpyExport(LatentDataset data, long seed) {
        this.data = data;
        this.seed = seed;
    }

    /**
     * Writes both folders.
     *
     * @param flipped the mirrored pictures instead
     */
    public void write(Path folder, boolean flipped, Progress progress) throws IOException {
        int known = data.manifest().description().imageSize();
        String size = known == DatasetDescription.UNKNOWN_SIZE ? "" : Integer.toString(known);
        Path features = Files.createDirectories(folder.resolve("imagenet" + size + "_features"));
        Path labels = Files.createDirectories(folder.resolve("imagenet" + size + "_labels"));
        LatentShape shape = data.latentShape();
        boolean moments = data.manifest().description().stored() == StoredKind.MOMENTS;
        float[] stored = new float[data.manifest().description().storedShape().size()];
        try (Progress.Task task = progress.start("export", data.rows(), "rows")) {
            for (long row = 0; row < data.rows(); row++) {
                String name = row + ".npy";
                Path label = labels.resolve(name);
                // The label is written last: where it is, the latent is.
                if (!Files.exists(label)) {
                    FloatArray latent = FloatArray.zeros(1, shape.channels(), shape.height(), shape.width());
                    data.copyStored(row, flipped, stored, 0);
                    if (moments) {
                        Posterior.sample(stored, RandomStream.of(seed, Purpose.POSTERIOR, row), latent.values(), 0);
                    } else {
                        System.arraycopy(stored, 0, latent.values(), 0, stored.length);
                    }
                    data.scaling().normaliseRow(latent.values(), 0, shape.size());
                    Npy.write(features.resolve(name), TensorSource.floats("latent", latent));
                    Npy.write(label, TensorSource.longs("label", new int[] {1}, data.label(row)));
                }
                task.advanceTo(row + 1);
            }
        }
    }
}
