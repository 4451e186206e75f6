package org.ppflow.eval.inception;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.session.SessionOptions;

/** The one door to the Inception network: whichever file there is, in whichever form. */
public final class InceptionNetworks {
    private static final int TORCH_PICKLE = 0x80;

    /** How the network is run. */
    public enum Form {
        /** Built of layers, fast; the default. */
        NATIVE,
        /** The official graph as it is. */
        IMPORTED;

        /** As options spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private InceptionNetworks() {}

    /**
     * Opens the network; takes a few seconds.
     *
     * @param file {@code classify_image_graph_def.pb}, or pytorch-fid's {@code pt_inception-2015-12-05-6726825d.pth} or the same tensors in
     *     safetensors; told apart by content
     * @param form {@link Form#IMPORTED} needs the graph
     * @param options its threads are used; precision is float32 and XLA off whatever it says
     * @throws BadInputException if the file is something else
     */
    public static FeatureNetwork open(Path file, Form form, SessionOptions options) throws IOException {
        requireFile(file);
        boolean tensors = holdsTensors(file);
        if (form == Form.NATIVE) {
            return tensors ? NativeInception.fromTorch(file, options) : NativeInception.fromGraph(file, options);
        }
        if (tensors) {
            throw BadInputException.at(file.toString())
                    .found("weights without a graph")
                    .expected("classify_image_graph_def.pb, since the imported form was asked for")
                    .advice("leave the form out: the native one takes these weights")
                    .build();
        }
        return ImportedInception.load(file, options);
    }

    /** The native form with made-up weights: as fast as with any others, its features mean nothing. */
    public static FeatureNetwork random(SessionOptions options) throws IOException {
        return NativeInception.random(options);
    }

    /**
     * Forms that {@link #open} has for a file: weights without a graph have the native one alone.
     *
     * @throws BadInputException if there is no such file
     */
    public static Set<Form> forms(Path file) throws IOException {
        requireFile(file);
        return holdsTensors(file) ? EnumSet.of(Form.NATIVE) : EnumSet.allOf(Form.class);
    }

    /** Which network {@link #open} would give, without opening it: the file is read for its hash alone. */
    public static NetworkIdentity identity(Path file, Form form) throws IOException {
        requireFile(file);
        return new NetworkIdentity(Inception.KIND, Inception.contentHash(Sha256.of(file), form.word()));
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString())
                    .found(Files.exists(file) ? "a folder" : "no such file")
                    .expected("classify_image_graph_def.pb or pt_inception-2015-12-05-6726825d.pth")
                    .build();
        }
    }

    /** A zip archive or a pickle is torch's, eight bytes of length and a brace are safetensors; a graph starts with the tag of a node. */
    private static boolean holdsTensors(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(9);
        }
        boolean zip = start.length >= 4 && start[0] == 'P' && start[1] == 'K';
        boolean pickle = start.length >= 2 && (start[0] & 0xFF) == TORCH_PICKLE && start[1] <= 5;
        boolean safetensors = start.length == 9 && start[7] == 0 && start[8] == '{';
        return zip || pickle || safetensors;
    }
}
