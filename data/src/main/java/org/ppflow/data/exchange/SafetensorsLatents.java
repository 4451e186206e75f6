package org.ppflow.data.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorInfo;
import org.ppflow.nn.weights.TensorType;

/**
 * LightningDiT's layout: {@code latents_rank00_shard000.safetensors} … with {@code latents}, {@code latents_flip} [N, C, h, w] in float32, before
 * any scale, and {@code labels} [N]. In memory: one row, and the labels of one file.
 */
public final class SafetensorsLatents implements ForeignLatents {
    private static final String SUFFIX = ".safetensors";
    private static final String LATENTS = "latents";
    private static final String FLIPPED = "latents_flip";
    private static final String LABELS = "labels";
    private static final int BUFFER_BYTES = 1 << 18;

    /** A file and the number of its first row. */
    private record Part(Path file, long firstRow, int rows) {}

    private final Path folder;
    private final List<Part> parts;
    private final LatentShape shape;
    private final boolean mirror;
    private final int classes;
    private final String sha256;

    private SafetensorsLatents(
            Path folder, List<Part> parts, LatentShape shape, boolean mirror, int classes, String sha256) {
        this.folder = folder;
        this.parts = parts;
        this.shape = shape;
        this.mirror = mirror;
        this.classes = classes;
        this.sha256 = sha256;
    }

    /** Opens a folder; the headers and labels of all files are read. */
    public static SafetensorsLatents open(Path folder) throws IOException {
        List<Path> files = ForeignFile.list(folder, SUFFIX);
        List<Part> parts = new ArrayList<>();
        LatentShape shape = null;
        boolean mirror = false;
        int classes = 0;
        long rows = 0;
        for (Path file : files) {
            try (TensorFile tensors = Safetensors.open(file)) {
                TensorInfo latents = tensors.info(LATENTS);
                LatentShape found = ForeignFile.rowShape(latents, file);
                boolean flipped = tensors.contains(FLIPPED);
                if (shape == null) {
                    shape = found;
                    mirror = flipped;
                }
                ForeignFile.requireShape(found, shape, file);
                int count = latents.shape()[0];
                if (flipped != mirror || (flipped && !sameSize(tensors.info(FLIPPED), latents))) {
                    throw BadInputException.at(file.toString())
                            .found(flipped ? tensors.info(FLIPPED).toString() : "no tensor " + FLIPPED)
                            .expected((mirror ? "" : "none, or ") + FLIPPED + " like " + latents)
                            .build();
                }
                long[] labels = tensors.longs(LABELS);
                if (labels.length != count) {
                    throw BadInputException.at(file.toString())
                            .found(labels.length + " labels")
                            .expected(count + ", one a latent")
                            .build();
                }
                classes = Math.max(classes, ForeignFile.classes(labels, file));
                parts.add(new Part(file, rows, count));
                rows += count;
            }
        }
        if (shape == null) {
            throw new IllegalStateException("a listing is never empty");
        }
        return new SafetensorsLatents(folder, List.copyOf(parts), shape, mirror, classes, ForeignFile.sha256(files));
    }

    private static boolean sameSize(TensorInfo one, TensorInfo other) {
        return java.util.Arrays.equals(one.shape(), other.shape()) && one.type() == other.type();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long size() {
        Part last = parts.get(parts.size() - 1);
        return last.firstRow + last.rows;
    }

    @Override
    public LatentShape shape() {
        return shape;
    }

    @Override
    public OptionalInt imageSize() {
        return OptionalInt.empty();
    }

    @Override
    public boolean mirror() {
        return mirror;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public Reader open(long fromRow) {
        return new Cursor(fromRow);
    }

    /** Reads on from a row, file by file. */
    private final class Cursor implements Reader {
        private long row;
        private int part;
        private @Nullable OpenPart open;

        Cursor(long row) {
            this.row = row;
            while (part < parts.size() - 1 && parts.get(part + 1).firstRow <= row) {
                part++;
            }
        }

        @Override
        public ForeignRow next() throws IOException {
            Part current = parts.get(part);
            if (row == current.firstRow + current.rows) {
                close();
                current = parts.get(++part);
            }
            OpenPart file = open;
            if (file == null) {
                file = new OpenPart(current.file, (int) (row - current.firstRow));
                open = file;
            }
            row++;
            return file.next();
        }

        @Override
        public void close() throws IOException {
            if (open != null) {
                open.close();
                open = null;
            }
        }
    }

    /** One file under way. */
    private final class OpenPart implements AutoCloseable {
        private final Path file;
        private final TensorFile tensors;
        private final List<InputStream> streams = new ArrayList<>();
        private final TensorType type;
        private final long[] labels;
        private int row;

        OpenPart(Path file, int row) throws IOException {
            this.file = file;
            this.row = row;
            this.tensors = Safetensors.open(file);
            try {
                this.type = tensors.info(LATENTS).type();
                this.labels = tensors.longs(LABELS);
                for (String name : mirror ? List.of(LATENTS, FLIPPED) : List.of(LATENTS)) {
                    InputStream stream = new BufferedInputStream(tensors.stream(name), BUFFER_BYTES);
                    streams.add(stream);
                    stream.skipNBytes((long) row * shape.size() * type.bytes());
                }
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }

        ForeignRow next() throws IOException {
            float[] values = new float[streams.size() * shape.size()];
            byte[] bytes = new byte[shape.size() * type.bytes()];
            for (int side = 0; side < streams.size(); side++) {
                if (streams.get(side).readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw BadInputException.at(file.toString())
                            .found("the end in row " + row)
                            .expected(labels.length + " rows")
                            .build();
                }
                type.toFloats(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), values, side * shape.size());
            }
            ForeignRow next = new ForeignRow(values, (int) labels[row], ForeignFile.name(file) + "#" + row);
            row++;
            return next;
        }

        @Override
        public void close() throws IOException {
            for (InputStream stream : streams) {
                stream.close();
            }
            tensors.close();
        }
    }
}
