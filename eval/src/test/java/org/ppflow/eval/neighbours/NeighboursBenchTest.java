package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class NeighboursBenchTest {
    @Test
    void rowsOfAFile_areTheirSeedsAndLeaveNothingBehind(@TempDir Path folder) throws IOException {
        FeatureRows rows = FileRows.normal(folder.resolve("rows"), 30, 5, 9);

        assertThat(folder).isEmptyDirectory();
        float[] expected = new float[5];
        RandomStream.of(9, Purpose.TEST, 17).fillGaussian(expected, 0, 5);
        float[] found = new float[7];
        rows.read(17, 1, found, 2);
        assertThat(found)
                .isEqualTo(new float[] {0, 0, expected[0], expected[1], expected[2], expected[3], expected[4]});
    }

    @Test
    void measurement_isOfTheSearchItself(@TempDir Path folder) throws IOException {
        FeatureRows reference = FileRows.normal(folder.resolve("reference"), 40, 8, 1);
        FeatureRows samples = FileRows.normal(folder.resolve("samples"), 50, 8, 2);
        PrecisionRecall expected = BruteForce.precisionRecall(
                new FloatArray(new int[] {40, 8}, reference.read(0, 40)),
                new FloatArray(new int[] {50, 8}, samples.read(0, 50)),
                3);

        NeighboursBench.Measured exact =
                NeighboursBench.measure(40, 50, 8, NeighboursBench.Protocol.EXACT, Progress.NONE);
        NeighboursBench.Measured adm = NeighboursBench.measure(40, 50, 8, NeighboursBench.Protocol.ADM, Progress.NONE);

        assertThat(exact.precision()).isEqualTo(expected.precision());
        assertThat(exact.recall()).isEqualTo(expected.recall());
        assertThat(exact.seconds()).isPositive();
        assertThat(adm.precision())
                .isEqualTo(AdmPrecisionRecall.between(reference, samples, Progress.NONE)
                        .precision());
    }
}
