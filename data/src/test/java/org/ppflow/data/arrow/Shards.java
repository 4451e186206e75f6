package org.ppflow.data.arrow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.source.Part;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Small shards for tests. */
final class Shards {
    private Shards() {}

    static DatasetDescription description(ValueType type, LatentShape shape, boolean mirror) {
        return new DatasetDescription(
                StoredKind.LATENTS,
                type,
                List.of(shape.channels(), shape.height(), shape.width()),
                mirror,
                "pixels",
                "",
                Collections.nCopies(shape.channels(), 0.0),
                1,
                16,
                3,
                "adm-center",
                List.of("n01440764", "n02086240", "n04550184"),
                "test",
                Sha256.of("test"),
                new Split(Part.ALL, 5, 4));
    }

    /** Values of a row; the mirrored ones follow. */
    static float[] row(int row, LatentShape shape) {
        float[] values = new float[2 * shape.size()];
        RandomStream.of(3, Purpose.TEST, row).fillGaussian(values, 0, values.length);
        return values;
    }

    static String source(int row) {
        return row % 7 == 0 ? "" : "pictures/é" + row + ".png";
    }

    static void write(Path file, DatasetDescription description, int rows) throws IOException {
        AtomicFiles.writeChannel(file, channel -> {
            try (ShardWriter writer = new ShardWriter(channel, description)) {
                for (int i = 0; i < rows; i++) {
                    float[] values = row(i, description.storedShape());
                    writer.add(values, 0, values.length / 2, i % 3, source(i), Sha256.of(source(i)));
                }
                writer.finish(new ShardRange(0, rows, rows, java.util.List.of()));
            }
        });
    }
}
