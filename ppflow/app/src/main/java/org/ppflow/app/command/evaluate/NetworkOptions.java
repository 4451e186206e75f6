package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.app.console.Program;
import org.ppflow.eval.classifier.ClassifierNetwork;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.inception.InceptionNetworks;
import org.ppflow.eval.network.GraphNetwork;
import org.ppflow.eval.network.NetworkSpec;
import org.ppflow.eval.network.PictureInput;
import org.ppflow.eval.network.Scaling;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import picocli.CommandLine.Option;

/** Which network gives the features; a picocli mixin. */
@OptionSection("The feature network")
final class NetworkOptions {
    private static final String CLASSIFIER = "ppflow.classifier";

    @Option(
            names = "--network",
            paramLabel = "FILE",
            description =
                    "The feature network: classify_image_graph_def.pb (Inception of 2015), pytorch-fid's .pth of it, a run's"
                            + " classifier.safetensors; with --input and --feature any frozen graph or SavedModel.")
    private @Nullable Path network;

    @Option(
            names = "--network-form",
            paramLabel = "native|imported",
            defaultValue = "native",
            description =
                    "Inception built of layers (native, fast) or the official graph as it is (imported); the same features"
                            + " within rounding (default: ${DEFAULT-VALUE}).")
    private InceptionNetworks.Form form = InceptionNetworks.Form.NATIVE;

    @Option(
            names = "--input",
            paramLabel = "NAME",
            description =
                    "Any network but Inception and a run's classifier: the tensor that takes pictures, by its name.")
    private @Nullable String input;

    @Option(names = "--feature", paramLabel = "NAME", description = "With --input: the tensor with the features.")
    private @Nullable String feature;

    @Option(
            names = "--spatial",
            paramLabel = "NAME",
            description = "With --input: the tensor with the spatial features, for sFID.")
    private @Nullable String spatial;

    @Option(
            names = "--probabilities",
            paramLabel = "NAME",
            description = "With --input: the tensor with the class probabilities, for the Inception Score.")
    private @Nullable String probabilities;

    @Option(
            names = "--network-name",
            paramLabel = "NAME",
            description =
                    "With --input: what metrics of the network are called, as dinov2 gives dinov2_fd (default: after the file).")
    private @Nullable String kind;

    @Option(
            names = "--picture-size",
            paramLabel = "HxW",
            defaultValue = "224x224",
            description = "With --input: size of the pictures that the network takes (default: ${DEFAULT-VALUE}).")
    private String size = "224x224";

    @Option(
            names = "--resize",
            paramLabel = "HOW",
            defaultValue = "bicubic",
            description =
                    "With --input: how pictures are brought to --picture-size: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PictureInput.Resize resize = PictureInput.Resize.BICUBIC;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "NHWC",
            description =
                    "With --input: order of the axes of that tensor: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PictureInput.Layout layout = PictureInput.Layout.NHWC;

    @Option(
            names = "--scaling",
            paramLabel = "HOW",
            defaultValue = "imagenet",
            description =
                    "With --input: scale of the pixels that the network takes: imagenet, a range as -1..1, or means and deviations as 0.5,0.5,0.5/0.25,0.25,0.25"
                            + " (default: ${DEFAULT-VALUE}).")
    private String scaling = "imagenet";

    @Option(names = "--grey", description = "With --input: the network takes grey pictures, of one channel.")
    private boolean grey;

    /**
     * A network, and what it is shown.
     *
     * @param network not opened yet
     * @param channels of its pictures
     * @param ownClasses whether its classes are those of the data set
     * @param ofDigits whether it was trained on digits, which have black around them
     */
    record Door(LazyNetwork network, int channels, boolean ownClasses, boolean ofDigits) {}

    /**
     * The network that the options name.
     *
     * @param reference whose network it is where they name none
     * @throws BadInputException if neither has one
     */
    Door door(SessionOptions session, ReferenceOption reference) throws IOException {
        Path file = network == null ? reference.network().orElse(null) : network;
        if (file == null) {
            throw BadInputException.at("--network")
                    .found("nothing")
                    .expected(
                            "classify_image_graph_def.pb, or another feature network; or --reference run:FOLDER, whose"
                                    + " classifier scores")
                    .advice("'" + Program.line("evaluate", "--help") + "' says which there are")
                    .build();
        }
        if (!Files.exists(file)) {
            throw BadInputException.at("--network " + file)
                    .found("no such file")
                    .expected("classify_image_graph_def.pb, pt_inception-2015-12-05-6726825d.pth, a run's"
                            + " classifier.safetensors, a frozen graph or a SavedModel")
                    .build();
        }
        if (input != null || feature != null) {
            return other(file, session);
        }
        requireNoneOfOthers(file);
        if (Files.isDirectory(file)) {
            throw BadInputException.at("--network " + file)
                    .found("a folder")
                    .expected("a file, or the names of a SavedModel's tensors: --input NAME --feature NAME")
                    .build();
        }
        if (isClassifier(file)) {
            return classifier(file, session);
        }
        InceptionNetworks.Form wanted = form;
        return new Door(
                new LazyNetwork(
                        InceptionNetworks.identity(file, wanted), () -> InceptionNetworks.open(file, wanted, session)),
                3,
                false,
                false);
    }

    /** Names of tensors that nobody would look for. */
    private void requireNoneOfOthers(Path file) {
        if (spatial != null || probabilities != null || kind != null || grey) {
            throw BadInputException.at("--network " + file)
                    .found(
                            spatial != null
                                    ? "--spatial"
                                    : probabilities != null
                                            ? "--probabilities"
                                            : kind != null ? "--network-name" : "--grey")
                    .expected("--input NAME --feature NAME beside it: it belongs to networks other than Inception and"
                            + " a run's classifier")
                    .build();
        }
    }

    /** A run's classifier. */
    static Door classifier(Path file, SessionOptions session) throws IOException {
        // Small, and its pictures' channels stand inside.
        ClassifierNetwork opened = ClassifierNetwork.load(file, session);
        return new Door(LazyNetwork.of(opened), opened.channels(), true, opened.ofDigits());
    }

    private Door other(Path file, SessionOptions session) throws IOException {
        if (input == null || feature == null) {
            throw BadInputException.at("--network " + file)
                    .found(input == null ? "--feature without --input" : "--input without --feature")
                    .expected("both, or none for Inception")
                    .build();
        }
        int[] sides = sides();
        NetworkSpec spec = new NetworkSpec(
                file,
                kind == null ? NetworkSpec.kindOf(file) : kind.toLowerCase(Locale.ROOT),
                input,
                feature,
                Optional.ofNullable(spatial),
                Optional.ofNullable(probabilities),
                new PictureInput(
                        sides[0],
                        sides[1],
                        grey ? 1 : 3,
                        resize,
                        layout,
                        Scaling.parse("--scaling " + scaling, scaling)));
        return new Door(
                new LazyNetwork(GraphNetwork.identity(spec), () -> GraphNetwork.open(spec, session)),
                grey ? 1 : 3,
                false,
                false);
    }

    private int[] sides() {
        List<String> parts = com.google.common.base.Splitter.on('x').splitToList(size);
        try {
            if (parts.size() == 2) {
                return new int[] {Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1))};
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BadInputException.at("--picture-size " + size)
                .found("no size")
                .expected("height and width, as 224x224")
                .build();
    }

    /** Safetensors with the classifier's key; eight bytes of length and a brace come first. */
    private static boolean isClassifier(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(9);
        }
        if (start.length < 9 || start[8] != '{') {
            return false;
        }
        try (TensorFile tensors = Safetensors.open(file)) {
            return tensors.metadata().containsKey(CLASSIFIER);
        } catch (BadInputException e) {
            return false;
        }
    }
}
