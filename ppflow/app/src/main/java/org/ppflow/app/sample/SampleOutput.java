package org.ppflow.app.sample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.ShardWriter;
import org.ppflow.data.arrow.Split;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.source.Part;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorInfo;
import org.ppflow.nn.weights.TensorSource;

/** Joins the parts of a sampling into its output, a batch at a time, complete or not at all. */
final class SampleOutput {
    /** Settings and ledger, inside a folder of pictures. */
    static final String RECORD = ImageSources.SAMPLING_RECORD;

    private static final String PICTURE = ".png";

    private SampleOutput() {}

    /**
     * Writes output and record.
     *
     * @param record its text for the hash of the output
     */
    static void write(SampleJob job, SampleParts parts, UnaryOperator<String> record) throws IOException {
        if (job.format().folder()) {
            writeFolder(job, parts, record);
            return;
        }
        // A record of what is replaced must not stand beside something else.
        Files.deleteIfExists(job.record());
        if (job.format() == SampleFormat.NPZ) {
            writeNpz(job, parts);
        } else {
            writeArrow(job, parts);
        }
        AtomicFiles.writeText(job.record(), record.apply(contentHash(job)));
    }

    /** SHA-256 of the output; of a folder's pictures, names and content. Empty where there is none. */
    static String contentHash(SampleJob job) throws IOException {
        if (!Files.exists(job.output())) {
            return "";
        }
        return Files.isDirectory(job.output()) ? pictureHash(job.output()) : Sha256.of(job.output());
    }

    private static String pictureHash(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : pictures(folder)) {
            all.append(folder.relativize(file))
                    .append(' ')
                    .append(Sha256.of(file))
                    .append('\n');
        }
        return Sha256.of(all.toString());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Those of a folder and of its classes. */
    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(PICTURE))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Whether a folder holds pictures of a sampling, together or by class, and nothing else. Others too number their classes and pictures, data sets of digits for one, so folders of
     * classes are known by the record beside them alone.
     */
    static boolean madeHere(Path folder) throws IOException {
        boolean recorded = Files.isRegularFile(folder.resolve(RECORD));
        for (Path entry : list(folder)) {
            String name = String.valueOf(entry.getFileName());
            boolean ours = Files.isDirectory(entry)
                    ? recorded
                            && name.matches("\\d{1,9}|" + SampleJob.NO_CLASS)
                            && list(entry).stream().allMatch(SampleOutput::isNumbered)
                    : isNumbered(entry) || name.equals(RECORD);
            if (!ours) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumbered(Path file) {
        return String.valueOf(file.getFileName()).matches("\\d{8}\\.png");
    }

    private static void writeFolder(SampleJob job, SampleParts parts, UnaryOperator<String> record) throws IOException {
        AtomicFiles.replaceFolder(job.output(), folder -> {
            writePictures(job, parts, folder);
            Files.writeString(
                    folder.resolve(String.valueOf(job.record().getFileName())), record.apply(pictureHash(folder)));
        });
    }

    /** Data are {@code latents}; noise, which samples start from again, has the name by which that is read. */
    private static String states(SampleJob job) {
        return job.start() instanceof SampleStart.Given given && given.data() ? "x0" : "latents";
    }

    private static void writeNpz(SampleJob job, SampleParts parts) throws IOException {
        List<TensorSource> arrays = new ArrayList<>();
        int count = Math.toIntExact(job.samples());
        TensorInfo one = parts.info(job.firstBatch());
        int[] shape = one.shape().clone();
        shape[0] = count;
        arrays.add(new TensorSource(
                new TensorInfo(job.pictures() ? "arr_0" : states(job), one.type(), shape),
                out -> copyValues(job, parts, out)));
        long[] labels = labels(job, parts, count);
        arrays.add(TensorSource.longs(job.pictures() ? "arr_1" : "y", new int[] {count}, labels));
        if (job.shard().count() > 1) {
            long[] indices = new long[count];
            Arrays.setAll(indices, i -> job.first() + i);
            arrays.add(TensorSource.longs("index", new int[] {count}, indices));
        }
        Npz.write(job.output(), Npz.Compression.STORED, arrays);
    }

    private static void copyValues(SampleJob job, SampleParts parts, OutputStream out) throws IOException {
        for (long batch = job.firstBatch(); batch < job.endBatch(); batch++) {
            try (TensorFile part = parts.openBatch(batch);
                    InputStream in = part.stream(SampleParts.VALUES)) {
                in.transferTo(out);
            }
        }
    }

    private static long[] labels(SampleJob job, SampleParts parts, int count) throws IOException {
        long[] labels = new long[count];
        int place = 0;
        for (long batch = job.firstBatch(); batch < job.endBatch(); batch++) {
            long[] some = part(parts, batch).labels();
            System.arraycopy(some, 0, labels, place, some.length);
            place += some.length;
        }
        return labels;
    }

    private static SampleParts.Part part(SampleParts parts, long batch) throws IOException {
        Optional<SampleParts.Part> part = parts.read(batch);
        if (part.isEmpty()) {
            throw new IOException(parts.folder() + ": batch " + batch
                    + " was there and is damaged now; start again with the same command");
        }
        return part.get();
    }

    private static void writePictures(SampleJob job, SampleParts parts, Path folder) throws IOException {
        for (long batch = job.firstBatch(); batch < job.endBatch(); batch++) {
            try (TensorFile part = parts.openBatch(batch)) {
                int[] shape = part.info(SampleParts.VALUES).shape();
                boolean byClass = job.format() == SampleFormat.PNG_BY_CLASS;
                long[] labels = byClass ? part(parts, batch).labels() : new long[0];
                ByteBuffer pixels = part.bytes(SampleParts.VALUES);
                for (int i = 0; i < shape[0]; i++) {
                    long index = batch * job.sampler().batch() + i;
                    BufferedImage image = image(pixels, shape[1], shape[2], shape[3]);
                    Path place = byClass ? Files.createDirectories(folder.resolve(job.classFolder(labels[i]))) : folder;
                    Path file = place.resolve(String.format(Locale.ROOT, "%08d.png", index));
                    try (OutputStream out = Files.newOutputStream(file)) {
                        ImageIO.write(image, "png", out);
                    }
                }
            }
        }
    }

    /** The next picture: uint8 (H, W, C), grey or colour. */
    private static BufferedImage image(ByteBuffer pixels, int height, int width, int channels) {
        BufferedImage image = new BufferedImage(
                width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (channels == 1) {
                    image.getRaster().setSample(x, y, 0, pixels.get() & 0xFF);
                } else {
                    for (int band = 0; band < channels; band++) {
                        image.getRaster().setSample(x, y, band, pixels.get() & 0xFF);
                    }
                }
            }
        }
        return image;
    }

    private static void writeArrow(SampleJob job, SampleParts parts) throws IOException {
        DatasetDescription description = describe(job);
        AtomicFiles.writeChannel(job.output(), channel -> {
            try (ShardWriter writer = new ShardWriter(channel, description)) {
                for (long batch = job.firstBatch(); batch < job.endBatch(); batch++) {
                    try (TensorFile part = parts.openBatch(batch)) {
                        FloatArray made = part.floats(SampleParts.VALUES);
                        FloatArray latents = description.scaling().denormalise(made);
                        long[] labels = part(parts, batch).labels();
                        int size = latents.rowSize();
                        for (int i = 0; i < latents.rows(); i++) {
                            String name = String.format(
                                    Locale.ROOT,
                                    "sample-%08d",
                                    batch * job.sampler().batch() + i);
                            ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES);
                            bytes.asFloatBuffer().put(latents.values(), i * size, size);
                            writer.add(
                                    latents.values(),
                                    i * size,
                                    0,
                                    Math.toIntExact(labels[i]),
                                    name,
                                    Sha256.of(bytes.array()));
                        }
                    }
                }
                writer.finish();
            }
        });
    }

    /** The data set's own description where it is known: values before shift and scale. Else what the model sees, unscaled. */
    private static DatasetDescription describe(SampleJob job) {
        var config = job.sampler().config();
        List<Integer> shape = List.of(config.channels(), config.height(), config.width());
        Optional<DatasetDescription> data = job.decoder().map(LatentDecoder::data);
        return new DatasetDescription(
                StoredKind.LATENTS,
                ValueType.FLOAT32,
                shape,
                false,
                data.map(DatasetDescription::autoencoder).orElse("unknown"),
                data.map(DatasetDescription::autoencoderSha256).orElse(""),
                data.map(DatasetDescription::shift)
                        .orElse(LatentScaling.unshifted(config.channels(), 1).shift()),
                data.map(DatasetDescription::scale).orElse(1.0),
                data.map(DatasetDescription::imageSize).orElse(config.height()),
                data.map(DatasetDescription::imageChannels).orElse(config.channels()),
                "generated",
                data.map(DatasetDescription::classNames).orElse(List.of()),
                "samples",
                Sha256.of(job.settings()),
                data.map(DatasetDescription::split).orElse(new Split(Part.TRAIN, 0, 0)));
    }
}
