package org.ppflow.notebook.workbench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import org.ppflow.app.config.DataConfig;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.data.source.Mnist;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** The embedded digits, split and framed as the quickstart has them. */
public final class Digits {
    private static final int LEVELS = 256;

    private Digits() {}

    /** Those that nothing trains on: the reference. */
    public static Pictures heldOut() throws IOException {
        return read(Part.REFERENCE, "held out");
    }

    /** The first of those that models train on. */
    public static Pictures training(int count) throws IOException {
        return read(Part.TRAIN, "training").first(count);
    }

    /** Pictures of the same size with every pixel drawn alike, for what a score of nothing is. */
    public static Pictures noise(int count) throws IOException {
        int side = data().size();
        byte[] pixels = new byte[count * side * side];
        RandomStream random = RandomStream.of(0, Purpose.BENCHMARK, count);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(LEVELS);
        }
        return new Pictures("noise", new PictureBatch(count, side, side, 1, pixels), Collections.nCopies(count, 0));
    }

    private static Pictures read(Part part, String name) throws IOException {
        DataConfig data = data();
        LabelledPictures all = new PictureSelection(
                        Mnist.embedded(),
                        new Holdout(data.holdout().every(), data.holdout().index()),
                        part,
                        new CentrePadding(data.size()))
                .readAll();
        return new Pictures(
                name, all.pictures(), Arrays.stream(all.labels()).boxed().toList());
    }

    private static DataConfig data() throws IOException {
        ExperimentConfig quickstart = Run.quickstart().config();
        return quickstart.data();
    }
}
