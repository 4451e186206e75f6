package org.ppflow.eval.images;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ppflow.nn.files.Sha256;

/**
 * Pictures of another source with other labels.
 *
 * @param images the source
 * @param labels class of each picture; empty where none is known
 * @param classNames by label
 */
public record RelabelledImages(ImageSource images, Optional<int[]> labels, List<String> classNames)
        implements WrappedImages {
    public RelabelledImages {
        classNames = List.copyOf(classNames);
    }

    /** What a look at the pictures tells depends on their classes too. */
    @Override
    public SourceIdentity identity() {
        SourceIdentity source = images.identity();
        String classes = labels.map(all -> Sha256.of(Arrays.toString(all))).orElse("none");
        return new SourceIdentity(source.kind(), source.text() + " labels " + classes);
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        images.forEachBatch(first, batch, consumer);
    }
}
