package org.ppflow.eval.images;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.source.LabelledPicture;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSource;
import org.ppflow.data.source.PictureStream;

/**
 * Pictures of IDX files, read one after the other; grey ones get three equal channels for networks of colour. Where a size is asked for, black is put around
 * them, as {@code data encode} does. In memory: a batch, and 4 bytes a picture for the classes.
 */
final class SequentialImages implements ImageSource {
    private final PictureSource source;
    private final ImageShape shape;
    private final Optional<CentrePadding> padding;
    private final int[] labels;

    private SequentialImages(PictureSource source, ImageShape shape, Optional<CentrePadding> padding, int... labels) {
        this.source = source;
        this.shape = shape;
        this.padding = padding;
        this.labels = labels;
    }

    static ImageSource of(PictureSource source, ImageReading reading) throws IOException {
        int[] labels = new int[Math.toIntExact(source.size())];
        Optional<CentrePadding> padding = reading.fit().map(fit -> new CentrePadding(fit.side()));
        ImageShape shape = null;
        try (PictureStream stream = source.open(0)) {
            for (int i = 0; i < labels.length; i++) {
                PictureEntry entry = next(stream, source);
                labels[i] = entry.label();
                if (shape == null) {
                    Picture first = framed(padding, entry.decode());
                    shape = new ImageShape(first.height(), first.width(), reading.channels());
                }
            }
        }
        if (shape == null) {
            throw org.ppflow.nn.errors.BadInputException.at(source.name())
                    .found("no images")
                    .expected("at least one")
                    .build();
        }
        return new SequentialImages(source, shape, padding, labels);
    }

    private static Picture framed(Optional<CentrePadding> padding, LabelledPicture decoded) {
        return padding.isPresent() ? padding.get().frame(decoded.picture(), decoded.source()) : decoded.picture();
    }

    private static PictureEntry next(PictureStream stream, PictureSource source) throws IOException {
        @Nullable PictureEntry entry = stream.next();
        if (entry == null) {
            throw new java.io.EOFException(source.name() + " ends before its " + source.size() + " pictures");
        }
        return entry;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long count() {
        return labels.length;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public Optional<int[]> labels() {
        return Optional.of(labels.clone());
    }

    @Override
    public List<String> classNames() {
        return source.classNames();
    }

    /** The files are small and hashed when they are opened. */
    @Override
    public SourceIdentity identity() {
        return new SourceIdentity(
                SourceIdentity.Kind.CONTENT,
                "idx " + source.sha256() + " channels " + shape.channels()
                        + padding.map(square -> " " + square.name() + " " + square.size())
                                .orElse(""));
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        BatchAssembly assembly = new BatchAssembly(shape, count(), first, batch, consumer);
        try (PictureStream stream = source.open(first)) {
            boolean more = assembly.remaining() > 0;
            while (more) {
                LabelledPicture decoded = next(stream, source).decode();
                Picture picture = framed(padding, decoded);
                byte[] pixels = Channels.bring(
                        picture.pixels(), picture.channels(), shape.channels(), name() + ": " + decoded.source());
                more = assembly.add(pixels, 1);
            }
        }
    }
}
