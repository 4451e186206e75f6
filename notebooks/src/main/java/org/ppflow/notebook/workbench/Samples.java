package org.ppflow.notebook.workbench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ppflow.app.figure.Canvas;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.figure.SampleGrid;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.notebook.display.Bundle;
import org.ppflow.notebook.display.Shown;

/**
 * Samples that were drawn. In a notebook they are a grid of pictures.
 *
 * @param latents as the model makes them, [N, C, H, W]
 * @param pictures of them, with the classes that were asked for
 * @param ledger what one of them cost, with the evaluations that were counted
 * @param seconds in solver and network
 */
public record Samples(FloatArray latents, Pictures pictures, SamplingLedger ledger, double seconds) implements Shown {
    /** How many. */
    public int count() {
        return pictures.count();
    }

    /** Number of function evaluations of one sample. */
    public double nfe() {
        return ledger.nfe();
    }

    /** The same under another name, for a grid. */
    public Samples named(String name) {
        return new Samples(latents, new Pictures(name, pictures.batch(), pictures.classes()), ledger, seconds);
    }

    /** Several samplings below each other, the same noise in each column where they have the same seed; above it the class; as many as all of them have. */
    public static Figure beside(Samples... samplings) {
        if (samplings.length == 0) {
            throw new IllegalArgumentException("beside: no samples");
        }
        PictureBatch first = samplings[0].pictures.batch();
        int across = Arrays.stream(samplings).mapToInt(Samples::count).reduce(Pictures.COLUMNS, Math::min);
        List<SampleGrid.Row> rows = Arrays.stream(samplings)
                .map(one -> new SampleGrid.Row(one.pictures.name(), one.pictures.row(0, across)))
                .toList();
        List<String> columns = IntStream.range(0, across)
                .mapToObj(i -> samplings[0].pictures.classes().get(i).toString())
                .toList();
        return new SampleGrid(rows, columns, first.height(), first.width(), first.channels())
                .figure(
                        "samples of "
                                + String.join(
                                        ", ",
                                        rows.stream().map(SampleGrid.Row::label).toList()),
                        Canvas.PAGE);
    }

    /** Root mean square of the difference between latents: how far two solvers came apart. */
    public double distance(Samples other) {
        float[] one = latents.values();
        float[] two = other.latents.values();
        if (one.length != two.length) {
            throw new IllegalArgumentException("distance: " + count() + " samples and " + other.count());
        }
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = (double) one[i] - two[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum / one.length);
    }

    /** {@link Pictures#save}. */
    public Path save(String file) throws IOException {
        return pictures.save(file);
    }

    @Override
    public Bundle bundle() {
        return pictures.bundle();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d samples of %s, NFE %.4g", count(), pictures.name(), nfe());
    }
}
