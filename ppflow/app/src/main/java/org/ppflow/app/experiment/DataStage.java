package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.DataConfig;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.data.latents.DatasetEncoder;
import org.ppflow.data.latents.EncodeOptions;
import org.ppflow.data.latents.LatentDataset;
import org.ppflow.data.picture.PictureSet;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Mnist;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;

/** Pictures, split and padded, and the latents of those to train on. Pictures are read when first asked for. */
final class DataStage {
    private static final String FOLDER = "data";
    private static final int ROWS_PER_SHARD = 4096;

    private final ExperimentConfig config;
    private final RunFolder run;
    private final Progress progress;
    private @Nullable PictureSet pictures;
    private @Nullable LatentDataset dataset;

    DataStage(ExperimentConfig config, RunFolder run, Progress progress) {
        this.config = config;
        this.run = run;
        this.progress = progress;
    }

    /** Encodes, unless that is done. */
    void prepare() throws IOException {
        run.step("data", StageJson.hash(config.data(), picturesHash()), List.of(FOLDER), () -> {
            EncodeOptions options = EncodeOptions.of(
                    config.data().source(),
                    training(),
                    ModelPlan.codecName(config),
                    config.data().storage(),
                    false,
                    ROWS_PER_SHARD);
            DatasetEncoder.encode(training(), options, folder(), progress);
        });
    }

    /** The latents to train on. */
    LatentDataset latents() throws IOException {
        LatentDataset opened = dataset;
        if (opened == null) {
            opened = LatentDataset.open(folder());
            dataset = opened;
        }
        return opened;
    }

    /** Pictures to train on, padded. */
    PictureSet training() throws IOException {
        return holdout().training(all());
    }

    /** Pictures kept out, padded: the reference. */
    PictureSet reference() throws IOException {
        return holdout().reference(all());
    }

    /** Changes when any picture does. */
    String picturesHash() throws IOException {
        Optional<Path> folder = config.data().idxFolder();
        return folder.isPresent() ? Sha256.of(all().pixels()) : DataConfig.EMBEDDED;
    }

    private Path folder() {
        return run.resolve(FOLDER);
    }

    private Holdout holdout() {
        return new Holdout(
                config.data().holdout().every(), config.data().holdout().index());
    }

    private PictureSet all() throws IOException {
        PictureSet read = pictures;
        if (read == null) {
            Optional<Path> folder = config.data().idxFolder();
            read = (folder.isPresent() ? Mnist.in(folder.get()) : Mnist.t10k())
                    .padded(config.data().size());
            pictures = read;
        }
        return read;
    }
}
