package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures, split and brought to size, and the latents of those to train on. Pictures are read when first asked for; the classifier needs them all
 * at once, a byte a value: {@link PictureMemory} refuses more than Java can hold.
 */
final class DataStage implements AutoCloseable {
    /** Name of the step. */
    static final String STEP = "data";

    private static final String FOLDER = "data";

    private static final Logger LOG = LoggerFactory.getLogger(DataStage.class);

    private final ExperimentConfig config;
    private final RunFolder run;
    private final Progress progress;
    private @Nullable Codec codec;
    private final Map<Part, LabelledPictures> pictures = new EnumMap<>(Part.class);
    private @Nullable ExperimentPictures named;
    private @Nullable LatentDataset dataset;

    DataStage(ExperimentConfig config, RunFolder run, Progress progress) {
        this.config = config;
        this.run = run;
        this.progress = progress;
    }

    /** Encodes, unless that is done. */
    void prepare() throws IOException {
        if (config.data().encoded().isPresent()) {
            new EncodedLatents(config).requireAsConfigured(latents());
            return;
        }
        new NamedPictures(config).requireClasses(opened().source());
        String inputs = StageJson.hashWith(Codecs.extension(config.data().codec()), config.data(), picturesHash());
        run.shared(STEP, inputs, new StepFiles(List.of(FOLDER), List.of(), List.of(FOLDER + "/*.arrow")), () -> {
            EncodeOptions options = EncodeOptions.defaults()
                    .with(
                            switch (config.data().storage()) {
                                case FLOAT16 -> ValueType.FLOAT16;
                                case FLOAT32 -> ValueType.FLOAT32;
                            });
            removeIfDamaged(run.resolve(FOLDER));
            new DatasetEncoder(codec(), options, progress)
                    .encode(opened().selection(Part.TRAIN), run.resolve(FOLDER), Optional.empty());
        });
    }

    /** A finished data set whose bytes have changed is made again; an unfinished one goes on. */
    private static void removeIfDamaged(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(Manifest.FILE))) {
            return;
        }
        try {
            LatentDataset.open(folder, LatentDataset.Check.HASHES);
        } catch (BadInputException e) {
            LOG.warn("{}; all of {} is encoded again", e.getMessage(), folder);
            AtomicFiles.deleteRecursively(folder);
        }
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

    /** Changes when a latent, the shift or the scale does. */
    String latentsHash() throws IOException {
        return Sha256.of(latents().manifest().toJson());
    }

    /** Pictures to train on, at their size. */
    LabelledPictures training() throws IOException {
        return read(Part.TRAIN);
    }

    /** Pictures kept out, at their size: the reference. */
    LabelledPictures reference() throws IOException {
        return read(Part.REFERENCE);
    }

    /** Some of the reference to look at, see {@link PictureSelection#first}: no more of it comes into memory. */
    LabelledPictures shown(int each, int classes) throws IOException {
        return opened().selection(Part.REFERENCE).first(each, classes);
    }

    /** Changes when any picture does. */
    String picturesHash() throws IOException {
        return config.data().encoded().isPresent()
                ? latentsHash()
                : opened().source().sha256();
    }

    /** What the pictures are, for provenance. */
    String describe() throws IOException {
        return config.data().source() + ", " + picturesHash();
    }

    /** What makes pictures of latents; its codec stays this stage's. */
    LatentDecoder decoder() throws IOException {
        return new LatentDecoder(codec(), latents().manifest().description());
    }

    /** Pictures of latents as the model makes them, [N, C, h, w]. */
    PictureBatch decode(FloatArray normalised) throws IOException {
        return decoder().decode(normalised);
    }

    /** The same by a codec that is opened for it and closed again: whether samples can become pictures, and which. */
    PictureBatch tried(FloatArray normalised) throws IOException {
        try (LatentDecoder decoder =
                new LatentDecoder(openCodec(), latents().manifest().description())) {
            return decoder.decode(normalised);
        }
    }

    private Codec codec() throws IOException {
        Codec known = codec;
        if (known == null) {
            known = openCodec();
            codec = known;
        }
        return known;
    }

    private Codec openCodec() throws IOException {
        return config.data().encoded().isEmpty()
                ? Codecs.open(config.data().codec())
                : LatentDecoder.codec(
                        latents().manifest().description(),
                        Optional.of(config.data().autoencoder())
                                .filter(path -> !path.isEmpty())
                                .map(Path::of));
    }

    private Path folder() {
        return config.data().encoded().orElseGet(() -> run.resolve(FOLDER));
    }

    private LabelledPictures read(Part part) throws IOException {
        LabelledPictures known = pictures.get(part);
        if (known == null) {
            known = opened().read(part);
            pictures.put(part, known);
        }
        return known;
    }

    /** The pictures of the config, opened once. */
    private ExperimentPictures opened() throws IOException {
        requirePictures();
        ExperimentPictures known = named;
        if (known == null) {
            known = ExperimentPictures.open(config.data());
            named = known;
        }
        return known;
    }

    /** Refuses latents alone: for what needs a classifier or a reference. */
    void requirePictures() {
        new EncodedLatents(config).requirePictures();
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
        }
    }
}
