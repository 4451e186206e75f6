package org.ppflow.eval.images;

import java.util.Optional;
import java.util.OptionalLong;

/** Pictures that are in memory already. */
public final class MemorySource implements ImageSource {
    private static final int BATCH = 256;

    private final String name;
    private final ImageBatch images;

    /** A source of these pictures. */
    public MemorySource(String name, ImageBatch images) {
        this.name = name;
        this.images = images;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageFormat format() {
        return images.format();
    }

    @Override
    public OptionalLong count() {
        return OptionalLong.of(images.count());
    }

    @Override
    public ImageStream open() {
        return new ImageStream() {
            private int position;

            @Override
            public Optional<ImageBatch> next() {
                if (position == images.count()) {
                    return Optional.empty();
                }
                int to = Math.min(images.count(), position + BATCH);
                ImageBatch batch = images.slice(position, to);
                position = to;
                return Optional.of(batch);
            }

            @Override
            public void close() {}
        };
    }
}
