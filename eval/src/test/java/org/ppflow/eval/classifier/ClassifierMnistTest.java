package org.ppflow.eval.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.picture.PictureSet;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Mnist;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.eval.statistics.MomentAccumulator;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;

class ClassifierMnistTest {
    private static final Holdout HOLDOUT = new Holdout(5, 4);

    @TempDir
    Path folder;

    @Test
    void quickstartTraining_reads98OfAHundredDigitsThatItNeverSaw() throws IOException {
        PictureSet all = Mnist.t10k().padded(32);
        PictureSet reference = HOLDOUT.reference(all);
        Path file = folder.resolve("classifier.safetensors");
        long start = System.nanoTime();
        ClassifierTraining.train(
                HOLDOUT.training(all),
                new ClassifierOptions(0, Integer.getInteger("steps", 1200), 64, 2e-3),
                SessionOptions.DEFAULT,
                file,
                Progress.NONE);
        System.err.println("seconds " + (System.nanoTime() - start) / 1e9);
        try (ClassifierNetwork network = ClassifierNetwork.load(file, SessionOptions.DEFAULT)) {
            Features features = network.extract(images(reference));
            LabelAgreement agreement = LabelAgreement.of(features.probabilities(), reference.labels());
            System.err.println(agreement.share() + " " + agreement.standardError() + " " + agreement.classes());
            MomentAccumulator m = new MomentAccumulator(64);
            m.add(features.features());
            FeatureStatistics s = m.snapshot();
            double[] diagonal = new double[64];
            for (int i = 0; i < 64; i++) diagonal[i] = s.covariance()[i * 65];
            Arrays.sort(diagonal);
            System.err.println(Arrays.toString(diagonal));
            assertThat(agreement.share()).isGreaterThan(0.98);
        }
    }

    private static ImageBatch images(PictureSet pictures) {
        return new ImageBatch(pictures.pixels(), pictures.height(), pictures.width(), pictures.channels());
    }
}
