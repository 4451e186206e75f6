package org.ppflow.eval.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.extraction.FeatureExtraction;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.feature.PixelNetwork;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.SourceIdentity;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class ExactProtocolTest {
    /** Bytes of a picture, and number of classes. */
    private static final int SIZE = 4;

    private static final byte[] REFERENCE = pixels(1, 700, 200);
    private static final byte[] SAMPLES = pixels(2, 600, 250);
    private static final int[] LABELS = labels(600);

    @Test
    void classifierMetrics_areNamedAfterTheClassifierAndNeverFid() throws IOException {
        Evaluation result = evaluate(REFERENCE, SAMPLES, LABELS);

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
                        "label_agreement_high",
                        "reference_count",
                        "sample_count");
        assertThat(result.metric("classifier_fd")).isPositive();
        assertThat(result.metric("classifier_score")).isBetween(1.0, 4.0);
        assertThat(result.preflight()).isEmpty();
    }

    @Test
    void inceptionMetrics_haveTheirPublishedNames() throws IOException {
        PixelNetwork network = new PixelNetwork("inception", "pixels", SIZE);
        assertThat(exact(set(REFERENCE, network), set(SAMPLES, network))
                        .result()
                        .metrics())
                .containsKeys("fid", "inception_score", "precision", "recall")
                .doesNotContainKey("label_agreement");
    }

    @Test
    void featuresOfTwoNetworks_areNeverCompared() throws IOException {
        FeatureSet reference = set(REFERENCE);
        FeatureSet otherWeights = set(SAMPLES, new PixelNetwork("classifier", "other", SIZE));
        FeatureSet otherKind = set(SAMPLES, new PixelNetwork("inception", "pixels", SIZE));

        assertThatThrownBy(() -> exact(reference, otherWeights))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("contentHash=other")
                .hasMessageContaining("contentHash=pixels");
        assertThatThrownBy(() -> exact(reference, otherKind))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("kind=inception");
    }

    @Test
    void networkThatLosesAPicture_isStopped() {
        PixelNetwork whole = new PixelNetwork(SIZE);
        FeatureNetwork loses = new FeatureNetwork() {
            @Override
            public String kind() {
                return whole.kind();
            }

            @Override
            public String contentHash() {
                return whole.contentHash();
            }

            @Override
            public int featureSize() {
                return whole.featureSize();
            }

            @Override
            public int classes() {
                return whole.classes();
            }

            @Override
            public int channels() {
                return whole.channels();
            }

            @Override
            public Features extract(ImageBatch batch) {
                Features all = whole.extract(batch);
                return new Features(
                        all.features().slice(1, batch.count()),
                        all.probabilities().slice(1, batch.count()));
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> set(SAMPLES, loses))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("for 64 pictures");
    }

    @Test
    void orderOfPictures_changesNothing() throws IOException {
        Evaluation plain = evaluate(REFERENCE, SAMPLES, LABELS);
        KeyedPermutation order = new KeyedPermutation(LABELS.length, 5, Purpose.TEST, 0);
        byte[] permuted = new byte[SAMPLES.length];
        int[] labels = new int[LABELS.length];
        for (int i = 0; i < labels.length; i++) {
            int from = (int) order.at(i);
            System.arraycopy(SAMPLES, from * SIZE, permuted, i * SIZE, SIZE);
            labels[i] = LABELS[from];
        }

        Evaluation result = evaluate(REFERENCE, permuted, labels);

        plain.metrics()
                .forEach((key, value) -> assertThat(result.metric(key)).as(key).isEqualTo(value, within(1e-10)));
        assertThat(result.classes()).isEqualTo(plain.classes());
    }

    @Test
    void setAgainstItself_isAtDistanceZero() throws IOException {
        Evaluation result = evaluate(REFERENCE, REFERENCE);

        assertThat(result.metric("classifier_fd")).isEqualTo(0, within(1e-8));
        assertThat(result.metric("classifier_precision")).isEqualTo(1);
        assertThat(result.metric("classifier_recall")).isEqualTo(1);
    }

    @Test
    void tooFewPictures_areSaidAndScored() throws IOException {
        assertThat(evaluate(REFERENCE, pixels(3, 4, 250)).preflight())
                .singleElement()
                .asString()
                .startsWith("made up: 4 pictures for 4 features; the covariance is singular");
    }

    @Test
    void numbersThatAreNotFinite_areRejectedWithThePicture() {
        byte[] bad = SAMPLES.clone();
        bad[555 * SIZE + 2] = (byte) 255;

        assertThatThrownBy(() -> set(bad))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("made up, picture 555: feature 2 is NaN");
    }

    @Test
    void labelBeyondTheClasses_isRejectedWithThePicture() {
        int[] labels = LABELS.clone();
        labels[7] = 4;

        assertThatThrownBy(() -> evaluate(REFERENCE, SAMPLES, labels))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("made up, picture 7: label 4; expected 0 to 3");
    }

    @Test
    void tooFewPictures_areRejected() {
        assertThatThrownBy(() -> set(pixels(1, 1, 9)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("1 pictures; expected 2 or more");
        assertThatThrownBy(() -> evaluate(REFERENCE, pixels(1, 3, 9)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("3 pictures; expected more than k of precision and recall, 3");
    }

    @Test
    void sourceThatMiscounts_isRejected() {
        ImageSource shorter = new ImageSource() {
            @Override
            public String name() {
                return "shorter";
            }

            @Override
            public long count() {
                return 601;
            }

            @Override
            public ImageShape shape() {
                return images(SAMPLES).shape();
            }

            @Override
            public SourceIdentity identity() {
                return images(SAMPLES).identity();
            }

            @Override
            public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
                images(SAMPLES).forEachBatch(first, batch, consumer);
            }
        };

        assertThatThrownBy(() -> extract(shorter, new PixelNetwork(SIZE)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("shorter: 600 pictures; expected 601");
    }

    @Test
    void json_hasTheContractsKeysAndIsReadBack() throws IOException {
        Evaluation result = evaluate(REFERENCE, pixels(3, 600, 3), LABELS);

        String json = result.toJson(Map.of("network", "abc"));

        assertThat(json)
                .contains("\"protocols\"", "\"exact\"", "\"preflight\"", "\"provenance\"", "classes")
                .doesNotContain("\"fid");
        assertThat(Evaluation.parse(json)).isEqualTo(result);
        assertThat(result.classes()).hasSize(SIZE);
    }

    @Test
    void classesOfAReference_thatAreNotKnown_areNotCounted() throws IOException {
        Evaluation result = evaluate(REFERENCE, pixels(3, 600, 3), LABELS);

        assertThat(result.classes())
                .allSatisfy(row -> assertThat(row.figures())
                        .containsKeys("sample_count", "precision")
                        .doesNotContainKeys("reference_count", "recall"));
    }

    @Test
    void json_hasTheSameBytesWhateverTheOrderOfProvenance() throws IOException {
        Evaluation result = evaluate(REFERENCE, SAMPLES, LABELS);
        Map<String, String> rising = new LinkedHashMap<>();
        Map<String, String> falling = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            rising.put("key" + i, "value");
            falling.put("key" + (8 - i), "value");
        }

        assertThat(evaluate(REFERENCE, SAMPLES, LABELS).toJson(falling)).isEqualTo(result.toJson(rising));
    }

    @Test
    void metricThatIsNoNumber_isRejectedByName() {
        assertThatThrownBy(() -> new ProtocolResult("exact", Map.of("classifier_fd", Double.NaN), Map.of()))
                .hasMessageContaining("metric classifier_fd is NaN");
    }

    @Test
    void parse_rejectsWhatIsNoEvaluation() {
        assertThatThrownBy(() -> Evaluation.parse("{\"protocols\": {}}"))
                .hasMessageContaining("not the JSON of an evaluation");
    }

    private static Evaluation evaluate(byte[] reference, byte[] samples, int... labels) throws IOException {
        FeatureSet set = set(samples);
        Scores scores = exact(set(reference), labels.length == 0 ? set : set.withLabels(labels));
        return new Evaluation(List.of(scores.result()), scores.classes(), scores.notes());
    }

    private static Scores exact(FeatureSet reference, FeatureSet samples) {
        return new ExactProtocol(ScoringOptions.PUBLISHED)
                .evaluate(Reference.of(reference), samples, Optional.of(samples.probabilities()), Progress.NONE);
    }

    private static FeatureSet set(byte[] pixels) throws IOException {
        return set(pixels, new PixelNetwork(SIZE));
    }

    private static FeatureSet set(byte[] pixels, FeatureNetwork network) throws IOException {
        return extract(images(pixels), network);
    }

    private static FeatureSet extract(ImageSource images, FeatureNetwork network) throws IOException {
        return new FeatureExtraction(LazyNetwork.of(network), Progress.NONE)
                .inMemory(images, images.identity().text());
    }

    private static ArrayImages images(byte[] pixels) {
        return new ArrayImages("made up", new ImageBatch(pixels, 2, 2, 1));
    }

    /** Uniform below a bound. */
    private static byte[] pixels(long seed, int count, int bound) {
        RandomStream stream = RandomStream.of(seed, Purpose.TEST, 0);
        byte[] pixels = new byte[SIZE * count];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) stream.nextInt(bound);
        }
        return pixels;
    }

    private static int[] labels(int count) {
        RandomStream stream = RandomStream.of(9, Purpose.TEST, 0);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = stream.nextInt(SIZE);
        }
        return labels;
    }
}
