package org.ppflow.eval.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ppflow.data.loader.ReadAhead;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.picture.PictureDecoder;
import org.ppflow.data.source.PictureFiles;
import org.ppflow.nn.errors.BadInputException;

/**
 * PNG and JPEG files of a folder, tar or zip, decoded ahead on several threads, given out in the order of their paths. All have the size of the first, unless
 * they are brought to one. Grey pictures get three equal channels for networks of colour. In memory: the list of files, a batch, and three pieces of at most
 * {@value #PIECE_BYTES} bytes (at least a picture) for each thread.
 */
final class PictureFileImages implements ImageSource {
    private static final int PIECE_BYTES = 4 << 20;
    private static final int PIECE_PICTURES = 32;
    private static final int COLOURS = 3;

    /** Changes when decoding does, so that no hash of other pixels is taken for theirs. */
    private static final String DECODING = "pictures 1";

    private final Path path;
    private final PictureFiles files;
    private final ImageReading reading;
    private final ImageShape shape;

    private PictureFileImages(Path path, PictureFiles files, ImageReading reading, ImageShape shape) {
        this.path = path;
        this.files = files;
        this.reading = reading;
        this.shape = shape;
    }

    static ImageSource open(Path path, ImageReading reading) throws IOException {
        PictureFiles files = PictureFiles.open(path);
        try {
            Picture first = decode(files, 0, reading);
            return new PictureFileImages(
                    path, files, reading, new ImageShape(first.height(), first.width(), reading.channels()));
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** (H, W, 3) */
    private static Picture decode(PictureFiles files, int index, ImageReading reading) throws IOException {
        String where = files.name() + ": " + files.file(index);
        Picture picture = PictureDecoder.published().decode(files.read(index), where);
        return reading.fit().isPresent() ? reading.fit().get().framing().frame(picture, where) : picture;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long count() {
        return files.count();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    /** Of samples that were drawn here the folders are the classes' numbers, of which some may be missing; else classes are counted in the order of their names. */
    @Override
    public Optional<int[]> labels() {
        Optional<int[]> labels = files.labels();
        if (labels.isPresent() && numbered()) {
            int[] numbers =
                    files.classNames().stream().mapToInt(Integer::parseInt).toArray();
            Arrays.setAll(labels.get(), i -> numbers[labels.get()[i]]);
        }
        return labels;
    }

    @Override
    public List<String> classNames() {
        return numbered() ? List.of() : files.classNames();
    }

    private boolean numbered() {
        return Files.isRegularFile(path.resolve(ImageSources.SAMPLING_RECORD))
                && files.classNames().stream().allMatch(name -> name.matches("\\d{1,9}"));
    }

    @Override
    public SourceIdentity identity() {
        try {
            FileStamp stamp =
                    new FileStamp().add(DECODING).add(reading.pixels()).addPlace(path);
            if (Files.isDirectory(path)) {
                for (int i = 0; i < files.count(); i++) {
                    stamp.add(files.file(i)).addFile(path.resolve(files.file(i)));
                }
            } else {
                stamp.addFile(path).add(files.checksums());
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
        try (ReadAhead<byte[]> ahead = new ReadAhead<>(
                piece -> piece(first + piece * pictures, pictures),
                unused -> {},
                reading.threads(),
                2 * reading.threads())) {
            boolean more = first < count();
            for (long piece = 0; more; piece++) {
                byte[] pixels = ahead.take(piece);
                more = assembly.add(pixels, pixels.length / shape.bytes());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Pictures from one on, at most so many; none beyond the last. */
    private byte[] piece(long from, int most) {
        int pictures = (int) Math.max(0, Math.min(most, count() - from));
        byte[] pixels = new byte[pictures * shape.bytes()];
        try {
            for (int i = 0; i < pictures; i++) {
                int index = (int) from + i;
                Picture picture = decode(files, index, reading);
                String where = files.name() + ": " + files.file(index);
                if (picture.height() != shape.height() || picture.width() != shape.width()) {
                    throw BadInputException.at(where)
                            .found("a picture of " + picture.height() + "x" + picture.width() + " pixels")
                            .expected(shape.height() + "x" + shape.width() + ", as the first, " + files.file(0))
                            .advice(
                                    "bring all of them to one size with --crop SIZE or --pad SIZE, or score pictures of one size")
                            .build();
                }
                byte[] brought = Channels.bring(picture.pixels(), COLOURS, shape.channels(), where);
                System.arraycopy(brought, 0, pixels, i * shape.bytes(), shape.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pixels;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
