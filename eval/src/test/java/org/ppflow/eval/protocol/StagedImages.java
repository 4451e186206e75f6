package org.ppflow.eval.protocol;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.SourceIdentity;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Grey pictures of 2×2 that may be others at each reading, and count what is read. */
final class StagedImages implements ImageSource {
    static final int SIZE = 4;

    private final String name;
    private final int count;
    private final IntFunction<byte[]> pixelsOfReading;
    private int @Nullable [] labels;
    private boolean live;
    private int readings;
    private long given;

    private StagedImages(String name, int count, IntFunction<byte[]> pixelsOfReading) {
        this.name = name;
        this.count = count;
        this.pixelsOfReading = pixelsOfReading;
    }

    /** The same at every reading. */
    static StagedImages noise(String name, long seed, int count) {
        byte[] pixels = pixels(seed, count);
        return new StagedImages(name, count, reading -> pixels);
    }

    /** Others from the second reading on. */
    static StagedImages changing(String name, int count) {
        return new StagedImages(name, count, reading -> pixels(reading == 0 ? 1 : 2, count));
    }

    StagedImages labelled(int... classes) {
        labels = classes;
        return this;
    }

    StagedImages live() {
        live = true;
        return this;
    }

    /** Pixels below 255, which {@code PixelNetwork} takes for NaN. */
    static byte[] pixels(long seed, int count) {
        RandomStream stream = RandomStream.of(seed, Purpose.TEST, 0);
        byte[] pixels = new byte[SIZE * count];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) stream.nextInt(250);
        }
        return pixels;
    }

    /** Pictures given out so far. */
    long given() {
        return given;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(2, 2, 1);
    }

    @Override
    public Optional<int[]> labels() {
        return Optional.ofNullable(labels).map(int[]::clone);
    }

    @Override
    public boolean madeWhileRead() {
        return live;
    }

    @Override
    public SourceIdentity identity() {
        return new SourceIdentity(SourceIdentity.Kind.STAMP, name);
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        byte[] pixels = pixelsOfReading.apply(readings++);
        new ArrayImages(name, new ImageBatch(pixels, 2, 2, 1)).forEachBatch(first, batch, pictures -> {
            given += pictures.count();
            return consumer.accept(pictures);
        });
    }
}
