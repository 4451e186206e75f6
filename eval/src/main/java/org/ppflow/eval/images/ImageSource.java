package org.ppflow.eval.images;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Pictures to score, all of one size, given out in batches; a file, a folder, or a sampler at work. */
public interface ImageSource extends AutoCloseable {
    /** What it is, for reports: a path, a description. */
    String name();

    /** Number of pictures. */
    long count();

    /** Size of every picture. */
    ImageShape shape();

    /** Class of each picture, where the source knows; one for each picture. */
    default Optional<int[]> labels() {
        return Optional.empty();
    }

    /** Names of the classes, by label; empty where the source knows none. */
    default List<String> classNames() {
        return List.of();
    }

    /** Whether pictures are made while they are read, by a sampler at work: then they are better read once. */
    default boolean madeWhileRead() {
        return false;
    }

    /** How to tell, without reading all of it, whether the source is still what it was. */
    SourceIdentity identity();

    /**
     * Gives out pictures in order from one on, in batches of this size; the last may be smaller.
     *
     * @param first index of the first picture, from 0 to count
     * @param batch at least 1
     * @param consumer called once a batch; answers whether it wants more
     */
    void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException;

    /** Takes batches. */
    @FunctionalInterface
    interface BatchConsumer {
        /** Takes one batch, which is not used again by the source; false ends the reading. */
        boolean accept(ImageBatch batch) throws IOException;
    }

    @Override
    default void close() throws IOException {}
}
