package org.ppflow.eval.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.feature.NetworkKind;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageFormat;
import org.ppflow.eval.images.MemorySource;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class ExactProtocolTest {
    private static final ImageFormat FORMAT = new ImageFormat(2, 2, 1);
    private static final ImageBatch REFERENCE = images(1, 400, 200);
    private static final ImageBatch SAMPLES = images(2, 300, 256);

    @TempDir
    Path folder;

    @Test
    void classifierMetrics_areNamedAfterTheClassifierAndNeverFid() throws IOException {
        ExactResult result = evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, SAMPLES);

        assertThat(result.metrics().keySet())
                .containsExactly(
                        "classifier_fd",
                        "classifier_score",
                        "classifier_score_splits_mean",
                        "classifier_score_splits_std",
                        "classifier_precision",
                        "classifier_recall",
                        "classifier_density",
                        "classifier_coverage",
                        "label_agreement",
                        "label_agreement_standard_error",
                        "label_agreement_low",
                        "label_agreement_high");
        assertThat(result.metric("classifier_fd")).isPositive();
        assertThat(result.metric("classifier_score")).isBetween(1.0, 4.0);
    }

    @Test
    void inceptionMetrics_haveTheirPublishedNames() throws IOException {
        assertThat(evaluate(NetworkKind.INCEPTION, 64, REFERENCE, SAMPLES)
                        .metrics()
                        .keySet())
                .contains("fid", "inception_score", "precision", "recall");
    }

    @Test
    void batchSize_changesNothing() throws IOException {
        ExactResult one = evaluate(NetworkKind.CLASSIFIER, 1, REFERENCE, SAMPLES);
        ExactResult many = evaluate(NetworkKind.CLASSIFIER, 300, REFERENCE, SAMPLES);

        assertSame(one, many);
    }

    @Test
    void orderOfPictures_changesNothing() throws IOException {
        ExactResult plain = evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, SAMPLES);
        ExactResult permuted = evaluate(NetworkKind.CLASSIFIER, 64, permuted(REFERENCE), permuted(SAMPLES));

        assertSame(plain, permuted);
    }

    @Test
    void contentHash_dependsOnPicturesAndNotOnTheirOrder() throws IOException {
        ExactProtocol protocol = protocol(NetworkKind.CLASSIFIER, 64);
        String hash = protocol.score(source(SAMPLES), Progress.NONE).contentHash();

        assertThat(protocol.score(source(permuted(SAMPLES)), Progress.NONE).contentHash())
                .isEqualTo(hash);
        assertThat(protocol.score(source(SAMPLES.slice(0, 299)), Progress.NONE).contentHash())
                .isNotEqualTo(hash);
    }

    @Test
    void setAgainstItself_isAtDistanceZero() throws IOException {
        ExactResult result = evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, REFERENCE);

        assertThat(result.metric("classifier_fd")).isEqualTo(0, within(1e-8));
        assertThat(result.metric("classifier_precision")).isEqualTo(1);
        assertThat(result.metric("classifier_recall")).isEqualTo(1);
    }

    @Test
    void samplesWithoutLabels_haveNoLabelAgreement() throws IOException {
        ExactResult result = evaluate(
                NetworkKind.CLASSIFIER,
                64,
                REFERENCE,
                new ImageBatch(FORMAT, SAMPLES.pixels().clone(), null));

        assertThat(result.agreement()).isEmpty();
        assertThat(result.metrics()).doesNotContainKey("label_agreement");
    }

    @Test
    void doubtfulInput_isReportedAndScored() throws IOException {
        byte[] binary = new byte[4 * 16];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (((i / 4) >> (i % 4)) & 1);
        }
        ImageBatch allBinary = new ImageBatch(FORMAT, binary, null);
        ImageBatch twice = images(3, 300, 4);

        assertThat(evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, allBinary).findings())
                .containsExactly(new Finding("pixel_range", "samples: every pixel is 0 or 1; 0 to 255 is wanted"));
        assertThat(evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, twice).findings())
                .extracting(Finding::check)
                .containsExactly("duplicates", "flat_images");
        assertThat(evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, SAMPLES.slice(0, 4))
                        .findings())
                .extracting(Finding::check)
                .containsExactly("singular_covariance");
    }

    @Test
    void picturesThatDoNotFit_areRejectedBeforeTheNetworkRuns() {
        ImageBatch larger = new ImageBatch(new ImageFormat(2, 4, 1), new byte[80], null);

        assertThatThrownBy(() -> evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, larger))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("pictures of 2x4x1; expected 2x2x1");
    }

    @Test
    void labelBeyondTheClasses_isRejectedWithTheImage() {
        ImageBatch beyond = new ImageBatch(FORMAT, new byte[8], new int[] {3, 4});

        assertThatThrownBy(() -> evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, beyond))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("image 1: label 4; expected 0 to 3");
    }

    @Test
    void tooFewPictures_areRejected() {
        assertThatThrownBy(() -> evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, SAMPLES.slice(0, 1)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("1 image; expected 2 or more");
        assertThatThrownBy(() -> evaluate(NetworkKind.CLASSIFIER, 64, REFERENCE, SAMPLES.slice(0, 3)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("3 images; expected more than nearest_k, 3");
    }

    @Test
    void report_hasTheContractsKeysAndIsReadBack() throws IOException {
        PixelNetwork network = new PixelNetwork(FORMAT, NetworkKind.CLASSIFIER, 64);
        ExactProtocol protocol = new ExactProtocol(network, ExactOptions.DEFAULT);
        ScoredSet reference = protocol.score(source(REFERENCE), Progress.NONE);
        ScoredSet samples = protocol.score(source(SAMPLES), Progress.NONE);
        ExactResult result = protocol.compare(reference, samples);
        Path file = folder.resolve("evaluation.json");

        EvaluationReport.of(network, reference, samples, result)
                .withProvenance("classifier", new LabelCount(3))
                .writeTo(file);
        EvaluationReport read = EvaluationReport.read(file);

        assertThat(Files.readString(file)).doesNotContainIgnoringCase("\"fid");
        assertThat(read.protocols()).containsOnlyKeys("exact");
        for (String key : result.metrics().keySet()) {
            assertThat(read.metric("exact", key)).hasValue(result.metric(key));
        }
        assertThat(read.metric("exact", "sample_count")).hasValue(300);
        assertThat(read.metric("exact", "fid")).isEmpty();
        assertThat((List<?>) read.protocols().get("exact").get("label_agreement_by_class"))
                .hasSize(4);
        assertThat(read.provenance()).containsOnlyKeys("network", "reference", "samples", "classifier");
        assertThat(Files.readString(file)).contains("\"label_count\" : 3");
    }

    @Test
    void damagedReport_isRejectedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("evaluation.json"), "{\"protocols\": 3}");

        assertThatThrownBy(() -> EvaluationReport.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("evaluation.json");
    }

    private record LabelCount(int labelCount) {}

    private static void assertSame(ExactResult a, ExactResult b) {
        assertThat(a.metrics().keySet()).isEqualTo(b.metrics().keySet());
        a.metrics().forEach((key, value) -> assertThat(b.metric(key)).as(key).isEqualTo(value, within(1e-10)));
        assertThat(a.findings()).isEqualTo(b.findings());
    }

    private static ExactProtocol protocol(NetworkKind kind, int batchSize) {
        return new ExactProtocol(new PixelNetwork(FORMAT, kind, batchSize), ExactOptions.DEFAULT);
    }

    private static ExactResult evaluate(NetworkKind kind, int batchSize, ImageBatch reference, ImageBatch samples)
            throws IOException {
        return protocol(kind, batchSize).evaluate(source(reference), source(samples), Progress.NONE);
    }

    private static MemorySource source(ImageBatch images) {
        return new MemorySource("made up", images);
    }

    /** Uniform pixels below a bound, labels 0 to 3. */
    private static ImageBatch images(long seed, int count, int bound) {
        RandomStream stream = RandomStream.of(seed, Purpose.TEST, 0);
        byte[] pixels = new byte[4 * count];
        int[] labels = new int[count];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) stream.nextInt(bound);
            labels[i / 4] = stream.nextInt(4);
        }
        return new ImageBatch(FORMAT, pixels, labels);
    }

    private static ImageBatch permuted(ImageBatch images) {
        KeyedPermutation order = new KeyedPermutation(images.count(), 5, Purpose.TEST, 0);
        byte[] pixels = new byte[images.pixels().length];
        int[] labels = new int[images.count()];
        for (int i = 0; i < labels.length; i++) {
            int from = (int) order.at(i);
            System.arraycopy(images.pixels(), from * 4, pixels, i * 4, 4);
            labels[i] = images.labels()[from];
        }
        return new ImageBatch(FORMAT, pixels, labels);
    }
}
