package org.ppflow.eval.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.data.source.Mnist;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.eval.extraction.FeatureExtraction;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ExactProtocol;
import org.ppflow.eval.protocol.Reference;
import org.ppflow.eval.protocol.Scores;
import org.ppflow.eval.protocol.ScoringOptions;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorSource;

/** The classifier on real digits, trained once for all tests. */
class ClassifierMnistTest {
    private static final Holdout HOLDOUT = new Holdout(5, 4);

    @TempDir
    static Path folder;

    private static LabelledPictures training;
    private static LabelledPictures reference;
    private static Path trained;

    @BeforeAll
    static void train() throws IOException {
        PictureSelection digits = new PictureSelection(Mnist.embedded(), HOLDOUT, Part.TRAIN, new CentrePadding(32));
        training = digits.readAll();
        reference = digits.with(Part.REFERENCE).readAll();
        trained = folder.resolve("trained.safetensors");
        train(new ClassifierOptions(0, 1200, 64, 5e-3), trained);
    }

    @Test
    void digitsNeverSeen_areReadAtLeast98OfAHundredTimes() throws IOException {
        // Measured 0.9875 ± 0.0025.
        Evaluation result = evaluate(images(reference.pictures()), reference.labels());

        assertThat(result.metric("label_agreement")).isGreaterThanOrEqualTo(0.98);
        assertThat(result.metric("classifier_score")).isGreaterThan(8);
        assertThat(result.metric("classifier_fd")).isBetween(-1e-8, 1e-8);
    }

    @Test
    void features_areNoMoreThan128AndNoneOfThemIsDead() throws IOException {
        try (ClassifierNetwork network = open(trained)) {
            assertThat(network.featureSize()).isLessThanOrEqualTo(128);
        }
        assertThat(evaluate(images(reference.pictures()), null).preflight()).isEmpty();
    }

    @Test
    void realDigits_scoreFarBetterThanNoise() throws IOException {
        byte[] noise = new byte[500 * 32 * 32];
        RandomStream stream = RandomStream.of(1, Purpose.TEST, 0);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) stream.nextInt(256);
        }
        Evaluation real = evaluate(images(first(training.pictures(), 500)), null);
        Evaluation random = evaluate(new ImageBatch(noise, 32, 32, 1), null);

        assertThat(real.metric("classifier_fd")).isLessThan(random.metric("classifier_fd") / 50);
        assertThat(real.metric("classifier_precision")).isGreaterThan(0.7);
        // Not near 0: the balls of odd reference digits are wide enough to hold a part of the noise.
        assertThat(random.metric("classifier_precision")).isLessThan(real.metric("classifier_precision") / 2);
        assertThat(random.metric("classifier_recall")).isLessThan(real.metric("classifier_recall") / 10);
    }

    @Test
    void picture_hasTheSameFeaturesWhateverItsNeighbours() throws IOException {
        try (ClassifierNetwork network = open(trained)) {
            Features all = network.extract(images(reference.pictures()));
            int row = 1234;
            Features alone = network.extract(
                    images(PictureBatch.of(List.of(reference.pictures().picture(row)))));

            assertThat(alone.features()).isEqualTo(all.features().slice(row, row + 1));
            assertThat(alone.probabilities()).isEqualTo(all.probabilities().slice(row, row + 1));
        }
    }

    @Test
    void sameSeed_givesTheSameBytes() throws IOException {
        Path first = train(new ClassifierOptions(7, 30, 16, 5e-3), folder.resolve("first.safetensors"));
        Path again = train(new ClassifierOptions(7, 30, 16, 5e-3), folder.resolve("again.safetensors"));
        Path other = train(new ClassifierOptions(8, 30, 16, 5e-3), folder.resolve("other.safetensors"));

        assertThat(again).hasSameBinaryContentAs(first);
        assertThat(Files.mismatch(first, other)).isNotNegative();
    }

    @Test
    void trainingThatDiverges_namesTheLearningRateAndLeavesNoFile() {
        Path file = folder.resolve("diverged.safetensors");

        assertThatThrownBy(() -> train(new ClassifierOptions(0, 50, 16, 1e30), file))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("classifier.learning_rate: a loss of");
        assertThat(file).doesNotExist();
    }

    @Test
    void learningRate_risesOverTheFirstTwentiethAndFallsOverTheLastHalf() {
        ClassifierOptions options = new ClassifierOptions(0, 100, 16, 1);

        assertThat(Arrays.asList(
                        options.rateAt(1),
                        options.rateAt(5),
                        options.rateAt(51),
                        options.rateAt(76),
                        options.rateAt(100)))
                .containsExactly(0.2, 1.0, 1.0, 0.5, 0.02);
    }

    @Test
    void picturesOfAnotherSize_areRejected() throws IOException {
        try (ClassifierNetwork network = open(trained)) {
            assertThatThrownBy(() -> network.extract(new ImageBatch(new byte[28 * 28], 28, 28, 1)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("pictures of 28x28x1; expected 32x32x1");
        }
    }

    @Test
    void labelOutside_isRejectedByPlace() {
        int[] labels = training.labels().clone();
        labels[17] = 10;
        LabelledPictures wrong = new LabelledPictures(training.pictures(), labels);

        assertThatThrownBy(() -> ClassifierTraining.train(
                        wrong,
                        10,
                        new ClassifierOptions(7, 1, 16, 5e-3),
                        SessionOptions.DEFAULT,
                        folder.resolve("wrong.safetensors"),
                        Progress.NONE))
                .isInstanceOf(BadInputException.class)
                .hasMessage("training picture 17: label 10; expected 0 to 9");
        assertThat(folder.resolve("wrong.safetensors")).doesNotExist();
    }

    @Test
    void weightsOfSomethingElse_areRejectedByName() throws IOException {
        Path file = folder.resolve("else.safetensors");
        Safetensors.write(file, List.of(TensorSource.floats("x", FloatArray.vector(1))));

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("else.safetensors: no ppflow.classifier");
    }

    private static Path train(ClassifierOptions options, Path file) throws IOException {
        ClassifierTraining.train(training, 10, options, SessionOptions.DEFAULT, file, Progress.NONE);
        return file;
    }

    private static ClassifierNetwork open(Path file) throws IOException {
        return ClassifierNetwork.load(file, SessionOptions.DEFAULT);
    }

    /** Against the reference digits. */
    private static Evaluation evaluate(ImageBatch samples, int[] labels) throws IOException {
        try (LazyNetwork network = LazyNetwork.of(open(trained))) {
            FeatureExtraction extraction = new FeatureExtraction(network, Progress.NONE);
            FeatureSet compared =
                    extraction.inMemory(new ArrayImages("reference", images(reference.pictures())), "reference");
            FeatureSet set = extraction.inMemory(new ArrayImages("samples", samples), "samples");
            Scores scores = new ExactProtocol(ScoringOptions.PUBLISHED)
                    .evaluate(
                            Reference.of(compared),
                            labels == null ? set : set.withLabels(labels),
                            Optional.of(set.probabilities()),
                            Progress.NONE);
            return new Evaluation(List.of(scores.result()), scores.classes(), scores.notes());
        }
    }

    private static PictureBatch first(PictureBatch pictures, int count) {
        return PictureBatch.of(
                IntStream.range(0, count).mapToObj(pictures::picture).toList());
    }

    private static ImageBatch images(PictureBatch pictures) {
        return new ImageBatch(pictures.pixels(), pictures.height(), pictures.width(), pictures.channels());
    }
}
