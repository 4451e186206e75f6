package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * How samples are scored: by the small classifier that the run trains, against the pictures kept out of training; or, with a network, by its features
 * against a reference.
 *
 * @param network file of the feature network, {@code classify_image_graph_def.pb} or pytorch-fid's weights of it; empty for the classifier
 * @param reference what a network's scores are against: an npz in ADM's form, a folder, tar or zip of pictures, a data set; empty without a network
 * @param protocols of a network's scores, in the order of reports; the classifier has {@code exact} alone
 * @param nearestK neighbours that precision and recall look at, at least 1
 */
public record EvaluationConfig(String network, String reference, List<Protocol> protocols, int nearestK) {
    /** Of a network, where the config does not say. */
    public static final List<Protocol> ALL = List.of(Protocol.ADM, Protocol.EXACT);

    /** How numbers are computed from features. */
    public enum Protocol {
        /** As OpenAI's evaluator, which published numbers are of. */
        @JsonProperty("adm")
        ADM,
        /** Without its roundings. */
        @JsonProperty("exact")
        EXACT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EvaluationConfig {
        Check.atLeast("nearest_k", nearestK, 1);
        protocols = List.copyOf(protocols);
        Check.that(
                !protocols.isEmpty() && new HashSet<>(protocols).size() == protocols.size(),
                "protocols",
                protocols + " must be adm, exact, or both, each once");
        if (network.isEmpty()) {
            Check.that(
                    reference.isEmpty(),
                    "reference",
                    "'" + reference + "' needs a network beside it: classify_image_graph_def.pb");
            Check.that(
                    protocols.equals(ALL),
                    "protocols",
                    protocols + " must be left out: without a network the run's classifier scores by exact");
        } else {
            Check.that(
                    !reference.isEmpty(),
                    "reference",
                    "'' must be what samples are scored against: an npz such as VIRTUAL_imagenet256_labeled.npz, or pictures");
        }
    }

    /** By the classifier of the run. */
    public static EvaluationConfig byClassifier(int nearestK) {
        return new EvaluationConfig("", "", ALL, nearestK);
    }

    /** Whether a network's features are scored, not the classifier's. */
    public boolean byNetwork() {
        return !network.isEmpty();
    }
}
