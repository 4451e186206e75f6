package org.ppflow.eval.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
import org.ppflow.data.autoencoder.NamedCodecs;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * Pictures of a data set of {@code data encode}, decoded by the codec that made it: {@code pixels} and {@code haar} give the pictures exactly, an autoencoder
 * its reconstruction of the posterior's mean. Never mirrored. In memory: a batch, and pictures of {@value #PIECE_BYTES} bytes with their latents.
 */
final class DatasetImages implements ImageSource {
    private static final int PIECE_BYTES = 4 << 20;
    private static final int PIECE_PICTURES = 64;

    private final Path folder;
    private final LatentDataset dataset;
    private final Codec codec;
    private final ImageShape shape;

    private DatasetImages(Path folder, LatentDataset dataset, Codec codec, int channels) {
        this.folder = folder;
        this.dataset = dataset;
        this.codec = codec;
        PictureBatch first = decode(0, 1);
        this.shape = new ImageShape(first.height(), first.width(), channels);
    }

    static ImageSource open(Path folder, ImageReading reading) throws IOException {
        LatentDataset dataset = LatentDataset.open(folder);
        Codec codec = NamedCodecs.of(dataset.manifest().description(), reading.autoencoder());
        try {
            return new DatasetImages(folder, dataset, codec, reading.channels());
        } catch (RuntimeException e) {
            codec.close();
            throw e;
        }
    }

    /** Rows (n, S, h, w) to pictures. */
    private PictureBatch decode(long from, int count) {
        try {
            return codec.decode(latents(dataset.stored(from, count)));
        } catch (IllegalArgumentException e) { // what codecs say of values that are no numbers
            throw BadInputException.at(folder + ", rows " + from + " to " + (from + count - 1))
                    .found(String.valueOf(e.getMessage()))
                    .expected("latents of finite numbers")
                    .cause(e)
                    .build();
        }
    }

    /** Of moments (n, 2C, h, w) the means, (n, C, h, w). */
    private FloatArray latents(FloatArray stored) {
        if (dataset.manifest().description().stored() == StoredKind.LATENTS) {
            return stored;
        }
        LatentShape latent = dataset.latentShape();
        FloatArray means = FloatArray.zeros(stored.rows(), latent.channels(), latent.height(), latent.width());
        for (int row = 0; row < stored.rows(); row++) {
            System.arraycopy(
                    stored.values(), row * stored.rowSize(), means.values(), row * latent.size(), latent.size());
        }
        return means;
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public long count() {
        return dataset.rows();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public Optional<int[]> labels() {
        int[] labels = new int[Math.toIntExact(count())];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = dataset.label(row);
        }
        return Optional.of(labels);
    }

    @Override
    public List<String> classNames() {
        return dataset.classNames();
    }

    /** The manifest holds the shards' SHA-256; stamps of the shards tell whether they are still those. */
    @Override
    public SourceIdentity identity() {
        try {
            FileStamp stamp = new FileStamp()
                    .addPlace(folder)
                    .add(Files.readString(folder.resolve(Manifest.FILE)))
                    .add(codec.name() + " " + codec.weightsSha256() + " channels " + shape.channels());
            for (ShardEntry shard : dataset.manifest().shards()) {
                stamp.addFile(folder.resolve(shard.file()));
            }
            return stamp.identity();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        BatchAssembly assembly = new BatchAssembly(shape, count(), first, batch, consumer);
        int pictures = Math.max(1, Math.min(PIECE_PICTURES, PIECE_BYTES / shape.bytes()));
        long from = first;
        boolean more = from < count();
        while (more) {
            int now = (int) Math.min(pictures, count() - from);
            PictureBatch decoded = decode(from, now);
            byte[] pixels = Channels.bring(
                    decoded.pixels(),
                    decoded.channels(),
                    shape.channels(),
                    folder + ", rows " + from + " to " + (from + now - 1));
            more = assembly.add(pixels, now);
            from += now;
        }
    }

    @Override
    public void close() {
        codec.close();
    }
}
