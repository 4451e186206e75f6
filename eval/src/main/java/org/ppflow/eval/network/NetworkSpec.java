package org.ppflow.eval.network;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ppflow.nn.errors.BadInputException;

/**
 * Which network of others, and which of its tensors.
 *
 * @param file a frozen graph, or the folder of a SavedModel
 * @param kind names the metrics, as {@code dinov2} gives {@code dinov2_fd}: letters, digits, {@code _} and {@code -}; not a kind of the toolkit's own
 * @param input the tensor that takes pictures: a node, {@code node:1}, or a name of the SavedModel's signature
 * @param feature the tensor with the features, of any rank from 1; flattened but for the first axis
 * @param spatial one more, for sFID
 * @param probabilities class probabilities, [n, K]
 * @param pictures what it takes
 */
public record NetworkSpec(
        Path file,
        String kind,
        String input,
        String feature,
        Optional<String> spatial,
        Optional<String> probabilities,
        PictureInput pictures) {
    private static final Set<String> OWN = Set.of("inception", "classifier");

    public NetworkSpec {
        if (!kind.matches("[a-z0-9][a-z0-9_-]{0,39}")) {
            throw BadInputException.at("the network's name")
                    .found("'" + kind + "'")
                    .expected("up to 40 small letters, digits, _ and -")
                    .build();
        }
        if (OWN.contains(kind)) {
            throw BadInputException.at("the network's name")
                    .found("'" + kind + "', which is a network of the toolkit's own")
                    .expected("another name, so that no number goes under that network's name")
                    .build();
        }
        if (input.isEmpty() || feature.isEmpty()) {
            throw BadInputException.at(file.toString())
                    .found("no name of " + (input.isEmpty() ? "an input" : "a feature"))
                    .expected("the names of both")
                    .build();
        }
    }

    /** The tensors' names, for a hash. */
    String tensors() {
        return String.join(" ", input, feature, spatial.orElse("-"), probabilities.orElse("-"));
    }

    /** A kind from a file's name: {@code DINOv2 ViT.pb} becomes {@code dinov2-vit}; own kinds get {@code -network} behind. */
    public static String kindOf(Path file) {
        String name = String.valueOf(file.toAbsolutePath().normalize().getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.pb$", "")
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("^[-_]+|[-_]+$", "");
        String cut = name.substring(0, Math.min(name.length(), 32));
        if (cut.isEmpty()) {
            return "network";
        }
        return OWN.contains(cut) ? cut + "-network" : cut;
    }
}
