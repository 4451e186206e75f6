package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.data.source.Part;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.RelabelledImages;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Provenance;

/**
 * What a run scored its samples against: the pictures that it kept out of training, by the classifier that it trained. So other samples get numbers that stand
 * beside those of its table.
 *
 * @param run its folder
 * @param config of the run
 */
public record HeldOutPictures(Path run, ExperimentConfig config) {
    /** What a reference begins with that is a run's: {@code run:runs/quickstart}. */
    public static final String PREFIX = "run:";

    /** Whether a reference is a run's. */
    public static boolean isNamed(String reference) {
        return reference.startsWith(PREFIX);
    }

    /**
     * Those of a run, by the name that {@link #isNamed} accepts.
     *
     * @throws BadInputException if it is no run, or one whose samples were not scored by its classifier
     */
    public static HeldOutPictures named(String reference) throws IOException {
        Path folder = Path.of(reference.substring(PREFIX.length()));
        boolean nameless = reference.length() == PREFIX.length();
        if (nameless || !RunReading.isRun(folder)) {
            throw BadInputException.at("--reference " + reference)
                    .found(
                            nameless
                                    ? "no name"
                                    : Files.exists(folder) ? "no config.yaml, which every run has" : "no such folder")
                    .expected("the folder of a run, as " + PREFIX + "runs/quickstart")
                    .build();
        }
        ExperimentConfig config = RunReading.open(folder).config();
        if (!config.byClassifier()) {
            throw BadInputException.at(reference)
                    .found(
                            config.evaluation().byNetwork()
                                    ? "a run that is scored by "
                                            + config.evaluation().network() + " against "
                                            + config.evaluation().reference()
                                    : "a run of latents without their pictures")
                    .expected("a run that kept pictures out of training and scores by its classifier")
                    .advice("name pictures or statistics as --reference")
                    .build();
        }
        return new HeldOutPictures(folder, config);
    }

    /**
     * Its classifier.
     *
     * @throws BadInputException if it is not trained yet
     */
    public Path classifier() {
        Path file = run.resolve(ClassifierStage.WEIGHTS);
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString())
                    .found("no such file")
                    .expected("the classifier of the run, which it trains before its models")
                    .advice("let the run go on, or name a --network")
                    .build();
        }
        return file;
    }

    /** Whether they are digits: these got black around them. */
    public boolean ofDigits() {
        return config.data().files().isEmpty();
    }

    /**
     * The pictures with their classes, in memory: size × size bytes a channel each.
     *
     * @param channels that the network takes; grey pictures get three equal ones
     * @throws BadInputException if the data are not those of the run any more
     */
    public ImageSource open(int channels) throws IOException {
        ExperimentPictures pictures = ExperimentPictures.open(config.data());
        requireUnchanged(pictures.source().sha256());
        LabelledPictures held = pictures.read(Part.REFERENCE);
        return new RelabelledImages(
                ArrayImages.of(PREFIX + run, held.pictures(), channels),
                Optional.of(held.labels()),
                pictures.source().classNames());
    }

    /**
     * Checks that the data are where the run's config says, before a network is opened.
     *
     * @throws BadInputException if not; a path there may be from another folder than this one
     */
    public void requireThere() throws IOException {
        Optional<NamedFiles.Missing> missing = new NamedFiles(config).missingData();
        if (missing.isPresent()) {
            BadInputException.Builder problem = BadInputException.at(PREFIX + run)
                    .found("nothing at " + missing.get().path() + ", which its pictures are read from")
                    .expected(missing.get().expected());
            new RunFacts(run, config)
                    .provenance()
                    .map(Provenance::folder)
                    .filter(folder -> !Path.of(folder).equals(Path.of("").toAbsolutePath()))
                    .ifPresent(folder -> problem.advice("the run was started in " + folder + ": start there"));
            throw problem.build();
        }
    }

    private void requireUnchanged(String sha256) throws IOException {
        // None is kept of a run that was made by hand, or whose provenance is damaged.
        Optional<String> before = new RunFacts(run, config)
                .provenance()
                .map(Provenance::dataHashes)
                .map(hashes -> hashes.get(config.data().source()));
        if (before.isPresent() && !before.get().equals(sha256)) {
            throw BadInputException.at(config.data().source())
                    .found("pictures of hash " + sha256.substring(0, 12) + "…")
                    .expected(before.get().substring(0, 12) + "…, as when " + run + " was made")
                    .advice("the pictures have changed since; run it again under another name")
                    .build();
        }
    }
}
