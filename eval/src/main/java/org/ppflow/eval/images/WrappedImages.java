package org.ppflow.eval.images;

import java.util.List;
import java.util.Optional;

/** Pictures of another source, which are shown or changed on their way: all but their batches is the source's, unless it says otherwise. */
interface WrappedImages extends ImageSource {
    /** The source. */
    ImageSource images();

    @Override
    default String name() {
        return images().name();
    }

    @Override
    default long count() {
        return images().count();
    }

    @Override
    default ImageShape shape() {
        return images().shape();
    }

    @Override
    default Optional<int[]> labels() {
        return images().labels();
    }

    @Override
    default List<String> classNames() {
        return images().classNames();
    }

    @Override
    default boolean madeWhileRead() {
        return images().madeWhileRead();
    }

    @Override
    default SourceIdentity identity() {
        return images().identity();
    }
}
