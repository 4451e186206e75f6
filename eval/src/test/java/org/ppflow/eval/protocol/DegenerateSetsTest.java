package org.ppflow.eval.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.feature.PixelNetwork;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.nn.progress.Progress;

/** Sets that no published figure is of still end in numbers, or in a reason, and never in a crash. */
class DegenerateSetsTest {
    private static final int SIZE = StagedImages.SIZE;

    @TempDir
    Path folder;

    static Stream<Arguments> pairs() {
        List<ImageSource> sets = List.of(noise(4), noise(5), equal(9), noise(130), pairs(40));
        return sets.stream()
                .flatMap(one -> sets.stream().map(other -> Arguments.of(one.name(), one, other.name(), other)));
    }

    @ParameterizedTest(name = "{0} against {2}")
    @MethodSource("pairs")
    void allMetrics_areNumbersOrHaveAReason(String one, ImageSource samples, String other, ImageSource reference)
            throws IOException {
        assertNumbers(evaluate(SetSource.of(reference), samples));
    }

    @ParameterizedTest
    @MethodSource("statisticsAndCounts")
    void statisticsAlone_takeAnyNumberOfSamples(StoredMoments moments, int count) throws IOException {
        SetSource reference =
                new SetSource("statistics", Optional.empty(), Optional.of(new StoredStatistics(moments, moments)));

        Evaluation result = evaluate(reference, noise(count));

        assertNumbers(result);
        assertThat(result.protocol("adm").metrics()).containsKey("fid").doesNotContainKey("precision");
        assertThat(result.preflight()).anyMatch(note -> note.contains("kid needs pictures"));
    }

    static Stream<Arguments> statisticsAndCounts() {
        double[] mean = {120, 121, 122, 123};
        double[] none = new double[SIZE * SIZE];
        double[] one = new double[SIZE * SIZE];
        one[5] = 40;
        return Stream.of(2, 3, 4, 100)
                .flatMap(count -> Stream.of(none, one)
                        .map(covariance -> Arguments.of(new StoredMoments(mean, covariance, true), count)));
    }

    private static void assertNumbers(Evaluation result) {
        for (ProtocolResult protocol : result.protocols()) {
            assertThat(protocol.metrics().values()).allMatch(Double::isFinite);
            assertThat(protocol.undefined().values()).noneMatch(String::isBlank);
            for (String share : List.of("precision", "recall", "coverage")) {
                if (protocol.metrics().containsKey(share)) {
                    assertThat(protocol.metric(share)).isBetween(0.0, 1.0);
                }
            }
        }
        assertThat(Evaluation.parse(result.toJson(java.util.Map.of())).protocols())
                .hasSize(2);
    }

    private Evaluation evaluate(SetSource reference, ImageSource samples) throws IOException {
        return new Evaluator(
                        new Evaluator.Setting(
                                LazyNetwork.of(new PixelNetwork("inception", "pixels", SIZE)),
                                Optional.empty(),
                                List.of("adm", "exact"),
                                ScoringOptions.PUBLISHED.with(Set.copyOf(EnumSet.allOf(Extra.class))),
                                folder),
                        Progress.NONE,
                        finding -> {})
                .evaluate(reference, samples)
                .evaluation();
    }

    private static ImageSource noise(int count) {
        return images(count + " of noise", StagedImages.pixels(count, count));
    }

    private static ImageSource equal(int count) {
        byte[] pixels = new byte[count * SIZE];
        Arrays.fill(pixels, (byte) 100);
        pixels[0] = 99; // not one colour alone, so that the range is one
        return images(count + " but one equal", pixels);
    }

    /** Every picture twice. */
    private static ImageSource pairs(int count) {
        byte[] half = StagedImages.pixels(77, count / 2);
        byte[] pixels = Arrays.copyOf(half, 2 * half.length);
        System.arraycopy(half, 0, pixels, half.length, half.length);
        return images(count + " in pairs", pixels);
    }

    private static ImageSource images(String name, byte[] pixels) {
        return new ArrayImages(name, new ImageBatch(pixels, 2, 2, 1));
    }
}
