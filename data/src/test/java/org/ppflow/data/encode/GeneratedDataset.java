package org.ppflow.data.encode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.PixelsCodec;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.progress.Progress;

/** A small data set of random pictures for tests of other packages. */
public final class GeneratedDataset {
    private GeneratedDataset() {}

    /** Encodes four fifths of so many pictures, in shards of 10 rows. */
    public static LatentDataset encode(Path folder, int pictures, boolean mirror) throws IOException {
        PictureSelection selection = new PictureSelection(
                new GeneratedSource(pictures, mirror), new Holdout(5, 4), Part.TRAIN, new CentrePadding(8));
        return new DatasetEncoder(new PixelsCodec(), new EncodeOptions(ValueType.FLOAT32, 10, 4), Progress.NONE)
                .encode(selection, folder, Optional.empty());
    }
}
