package org.ppflow.app.command.bench;

import java.util.List;
import java.util.Optional;
import org.ppflow.eval.inception.InceptionNetworks;
import org.ppflow.eval.neighbours.NeighboursBench;

/** A row of {@code bench evaluate}: a part of an evaluation, and which of its kinds. */
sealed interface EvaluateRow {
    /** Names that {@code --only} takes, in the order of the table. */
    List<String> PARTS = List.of(Frechet.PART, Inception.PART, Neighbours.PART);

    /** One of {@link #PARTS}. */
    String part();

    /** The option that chooses this kind alone, with its value; empty where there is one kind. */
    Optional<List<String>> choice();

    /** Fréchet distance from two covariances. */
    record Frechet() implements EvaluateRow {
        static final String PART = "frechet";

        @Override
        public String part() {
            return PART;
        }

        @Override
        public Optional<List<String>> choice() {
            return Optional.empty();
        }
    }

    /** Pictures through the network. */
    record Inception(InceptionNetworks.Form form) implements EvaluateRow {
        static final String PART = "inception";

        @Override
        public String part() {
            return PART;
        }

        @Override
        public Optional<List<String>> choice() {
            return Optional.of(List.of("--network-form", form.word()));
        }
    }

    /** Precision and recall, features on disk. */
    record Neighbours(NeighboursBench.Protocol protocol) implements EvaluateRow {
        static final String PART = "precision-recall";

        @Override
        public String part() {
            return PART;
        }

        @Override
        public Optional<List<String>> choice() {
            return Optional.of(List.of("--protocol", protocol.word()));
        }
    }
}
