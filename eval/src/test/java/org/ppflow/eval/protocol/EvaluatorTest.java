package org.ppflow.eval.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.feature.PixelNetwork;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.Fit;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.Finding.Code;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;

class EvaluatorTest {
    private static final int SIZE = StagedImages.SIZE;
    private static final StoredMoments MOMENTS = new StoredMoments(
            new double[] {120, 121, 122, 123},
            new double[] {5000, 9, 0, 0, 9, 5100, 0, 0, 0, 0, 5200, 7, 0, 0, 7, 5300},
            true);

    @TempDir
    Path folder;

    private final List<Finding> told = new ArrayList<>();

    /** A reference file against itself, the published check of ADM's evaluator, gives 0 though its statistics are of more pictures. */
    @Test
    void statisticsInTheSamplesFile_areWhatAdmTakes() throws IOException {
        SetSource file = new SetSource(
                "file",
                Optional.of(StagedImages.noise("file", 1, 600)),
                Optional.of(new StoredStatistics(MOMENTS, MOMENTS)));

        Evaluation result = evaluator("adm", "exact").evaluate(file, file).evaluation();

        assertThat(result.protocol("adm").metric("fid")).isEqualTo(0, within(1e-9));
        assertThat(result.protocol("exact").metric("fid")).isGreaterThan(1);
        assertThat(result.preflight()).anyMatch(note -> note.contains("statistics that file holds"));
    }

    @Test
    void npzByAnotherName_keepsItsStatistics() throws IOException {
        Path file = folder.resolve("reference.bin");
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(
                        TensorSource.unsignedBytes("arr_0", new int[] {2, 1, 1, 3}, new byte[6]),
                        TensorSource.doubles("mu", new int[] {1}, new double[] {1}),
                        TensorSource.doubles("sigma", new int[] {1, 1}, new double[] {1}),
                        TensorSource.floats("mu_s", new FloatArray(new int[] {1}, new float[] {1})),
                        TensorSource.doubles("sigma_s", new int[] {1, 1}, new double[] {1})));

        try (SetSource source = SetSource.open(file.toString(), ImageReading.colour())) {
            assertThat(source.statistics()).isPresent();
            assertThat(source.images()).isPresent();
        }
        try (SetSource same =
                SetSource.open(file.toString(), ImageReading.colour().with(Fit.How.PAD, 1))) {
            assertThat(same.statistics()).as("of pictures that have the size").isPresent();
        }
        assertThatThrownBy(() ->
                        SetSource.open(file.toString(), ImageReading.colour().with(Fit.How.PAD, 2)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("statistics of its pictures beside them, as they are without black around them");
    }

    @Test
    void picturesThatChangeAfterTheyWereLookedAt_areRefusedAndNotKept() throws IOException {
        StagedImages changing = StagedImages.changing("changing", 600);
        SetSource reference = SetSource.of(StagedImages.noise("reference", 3, 700));

        assertThatThrownBy(() -> evaluator("exact").evaluate(reference, changing))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("changing, picture 0: other pixels than when it was looked at");
        try (var files = Files.walk(folder.resolve("features"))) {
            // Two parts of the reference; none of pictures that nobody knows.
            assertThat(files.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @Test
    void whatAnOpenNetworkDoesNotTake_isToldBeforeAnyPictureIsRead() {
        StagedImages grey = StagedImages.noise("grey", 3, 700);
        ImageSource colour = new ArrayImages("colour", new ImageBatch(new byte[700 * 12], 2, 2, 3));

        assertThatThrownBy(() -> evaluator("exact").evaluate(SetSource.of(grey), colour))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("colour: pictures of 3 channels; expected 1");
        assertThat(grey.given()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void tooFewPictures_areToldBeforeAnyIsRead() {
        StagedImages reference = StagedImages.noise("reference", 3, 700);
        StagedImages three = StagedImages.noise("three", 4, 3);

        assertThatThrownBy(() -> evaluator("exact").evaluate(SetSource.of(reference), three))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("three: 3 pictures; expected more than k of precision and recall, 3");
        assertThat(reference.given()).isZero();
    }

    @Test
    void statisticsOfAnotherNetwork_areToldBeforeThePass() {
        StoredMoments two = new StoredMoments(new double[2], new double[] {1, 0, 0, 1}, false);
        SetSource reference =
                new SetSource("statistics", Optional.empty(), Optional.of(new StoredStatistics(two, two)));
        StagedImages samples = StagedImages.noise("samples", 3, 600);

        assertThatThrownBy(() -> evaluator("exact").evaluate(reference, samples))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("statistics: mu: 2 features; expected 4");
        // Looked at once, and not given to the network.
        assertThat(samples.given()).isEqualTo(600);
    }

    @Test
    void fewerPicturesThanFeatures_areToldBeforeThePass() throws IOException {
        StagedImages samples = StagedImages.noise("samples", 3, SIZE);
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 700));

        evaluator("exact").evaluate(reference, samples);

        assertThat(told).extracting(Finding::code).containsOnlyOnce(Code.FEWER_THAN_DIMENSIONS);
    }

    @Test
    void singularCovariance_isNotedOnceInTheWordsThatWereToldBefore() throws IOException {
        StagedImages samples = StagedImages.noise("samples", 3, SIZE);
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 700));

        Evaluation result =
                evaluator("adm", "exact").evaluate(reference, samples).evaluation();

        String before = told.stream()
                .filter(finding -> finding.code() == Code.FEWER_THAN_DIMENSIONS)
                .map(Finding::text)
                .findFirst()
                .orElseThrow();
        assertThat(result.preflight())
                .filteredOn(note -> note.contains("covariance is singular"))
                .containsExactly(before);
        assertThat(result.preflight())
                .filteredOn(note -> note.contains("complex root"))
                .hasSize(1);
    }

    @Test
    void distanceOfAnotherNetwork_isNotCalledFid() throws IOException {
        StagedImages samples = StagedImages.noise("samples", 3, SIZE);
        SetSource reference = SetSource.of(StagedImages.noise("reference", 3, 700));
        PixelNetwork network = new PixelNetwork("classifier", "pixels", SIZE);

        Evaluation result = evaluator(network, Optional.empty(), List.of("exact"))
                .evaluate(reference, samples)
                .evaluation();

        assertThat(result.preflight())
                .anyMatch(note -> note.contains("classifier-FD is the larger the fewer pictures"))
                .anyMatch(note -> note.contains("digits of classifier-FD"))
                .noneMatch(note -> note.contains("FID"));
    }

    @Test
    void classes_areThoseOfExactWhateverTheOrderOfProtocols() throws IOException {
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 700));
        StagedImages samples = StagedImages.noise("samples", 3, 600).labelled(new int[600]);
        PixelNetwork network = new PixelNetwork("inception", "pixels", SIZE);

        for (List<String> order : List.of(List.of("adm", "exact"), List.of("exact", "adm"))) {
            Evaluation result = evaluator(network, Optional.of(LazyNetwork.of(network)), order)
                    .evaluate(reference, samples)
                    .evaluation();

            assertThat(result.classes())
                    .first()
                    .satisfies(row -> assertThat(row.figures()).containsKeys("agreed", "precision"));
        }
    }

    @Test
    void labelThatTheClassifierDoesNotKnow_isToldBeforeThePass() {
        int[] labels = new int[600];
        labels[9] = SIZE;
        StagedImages samples = StagedImages.noise("samples", 3, 600).labelled(labels);
        PixelNetwork network = new PixelNetwork("inception", "pixels", SIZE);
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 700));

        assertThatThrownBy(() -> evaluator(network, Optional.of(LazyNetwork.of(network)), List.of("exact"))
                        .evaluate(reference, samples))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("samples, picture 9: label 4; expected 0 to 3");
        assertThat(samples.given()).isEqualTo(600);
    }

    /** A live sampler is asked once, though features and classes come of two networks. */
    @Test
    void picturesMadeWhileTheyAreRead_areMadeOnceForTwoNetworks() throws IOException {
        StagedImages live =
                StagedImages.noise("live", 3, 600).labelled(new int[600]).live();
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 700));
        PixelNetwork features = new PixelNetwork("inception", "pixels", SIZE);
        PixelNetwork classifier = new PixelNetwork("classifier", "others", SIZE);

        Evaluation result = evaluator(features, Optional.of(LazyNetwork.of(classifier)), List.of("adm", "exact"))
                .evaluate(reference, live)
                .evaluation();

        assertThat(live.given()).isEqualTo(600);
        assertThat(result.metrics()).containsKey("label_agreement");
    }

    @Test
    void picturesMadeWhileTheyAreRead_areLookedAtBesideTheReference() throws IOException {
        StagedImages live = StagedImages.noise("live", 5, 600).live();
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 600));

        Evaluation result = evaluator("exact").evaluate(reference, live).evaluation();

        assertThat(told).extracting(Finding::code).contains(Code.SHARED_PICTURES);
        assertThat(result.preflight()).anyMatch(note -> note.contains("the same 600 pictures"));
    }

    @Test
    void classifierWithoutClassesToAgreeWith_isNotRun() throws IOException {
        LazyNetwork never = new LazyNetwork(new NetworkIdentity("classifier", "others"), () -> {
            throw new AssertionError("opened");
        });
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 700));

        Evaluation result = evaluator(new PixelNetwork(SIZE), Optional.of(never), List.of("exact"))
                .evaluate(reference, StagedImages.noise("samples", 3, 600))
                .evaluation();

        assertThat(result.metrics()).doesNotContainKey("label_agreement");
        assertThat(result.preflight()).anyMatch(note -> note.contains("no classes are known"));
    }

    @Test
    void sameSetsAgain_readNothingAndNewReferenceRunsNoNetworkOnTheSamples() throws IOException {
        StagedImages samples = StagedImages.noise("samples", 3, 600);
        SetSource reference = SetSource.of(StagedImages.noise("reference", 5, 700));
        Evaluator.Outcome first = evaluator("exact").evaluate(reference, samples);
        long given = samples.given();

        Evaluator.Outcome again = evaluator("exact").evaluate(reference, samples);
        Evaluator.Outcome other =
                evaluator("exact").evaluate(SetSource.of(StagedImages.noise("another", 6, 650)), samples);

        assertThat(again.known()).isTrue();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(other.known()).isFalse();
        assertThat(samples.given()).isEqualTo(given);
    }

    @Test
    void samplesThatAreStatisticsAlone_areRefused() {
        SetSource statistics =
                new SetSource("statistics", Optional.empty(), Optional.of(new StoredStatistics(MOMENTS, MOMENTS)));

        assertThatThrownBy(() -> evaluator("exact").evaluate(statistics, statistics))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("statistics: statistics alone; expected pictures to score");
    }

    @Test
    void metricBeyondTheRangeOfNumbers_isUndefinedWithItsReason() {
        MetricTable table = new MetricTable(new MetricNames("inception"));
        table.put("fid", Double.POSITIVE_INFINITY);

        assertThat(table.result("adm").undefined()).containsOnlyKeys("fid");
        assertThat(table.result("adm").metrics()).isEmpty();
    }

    private Evaluator evaluator(String... protocols) {
        return evaluator(new PixelNetwork("inception", "pixels", SIZE), Optional.empty(), List.of(protocols));
    }

    private Evaluator evaluator(PixelNetwork network, Optional<LazyNetwork> classifier, List<String> protocols) {
        return new Evaluator(
                new Evaluator.Setting(
                        LazyNetwork.of(network),
                        classifier,
                        protocols,
                        ScoringOptions.PUBLISHED.with(Set.of()),
                        folder),
                Progress.NONE,
                told::add);
    }
}
