package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.protocol.AdmProtocol;
import org.ppflow.eval.protocol.ExactProtocol;
import org.ppflow.eval.protocol.Extra;
import org.ppflow.eval.protocol.ScoringOptions;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.session.SessionOptions;
import picocli.CommandLine.Option;

/** Which numbers are computed; a picocli mixin. */
@OptionSection("Which numbers")
final class ProtocolOptions {
    @Option(
            names = "--protocol",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "adm, exact, or both with a comma between (default: both; exact alone for networks other than Inception).")
    private @Nullable List<String> protocols;

    @Option(
            names = "--more",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Further metrics of the protocol exact: kid, fid-infinity (FID at endless samples), intervals (bootstrap), or"
                            + " all.")
    private List<String> more = new ArrayList<>();

    @Option(
            names = "--nearest-k",
            paramLabel = "K",
            defaultValue = "3",
            description = "Neighbour that the balls of precision and recall reach (default: ${DEFAULT-VALUE}).")
    private int nearestK = 3;

    @Option(
            names = "--classifier",
            paramLabel = "FILE",
            description = "A run's classifier.safetensors: how often it sees the class that was asked for.")
    private @Nullable Path classifier;

    /**
     * What protocols leave open.
     *
     * @throws BadInputException if a value is none, or belongs to a protocol that is not asked for
     */
    ScoringOptions scoring() {
        if (nearestK < 1 || nearestK > 100) {
            throw BadInputException.at("--nearest-k " + nearestK)
                    .found("too small or too large a number")
                    .expected("1 to 100; published numbers have 3")
                    .build();
        }
        Set<Extra> extras = extras();
        if (protocols != null) {
            requireKnown(protocols);
            if (!protocols.contains(ExactProtocol.NAME)) {
                requireNoneOfExact(extras);
            }
        }
        return ScoringOptions.PUBLISHED.withNearestK(nearestK).with(extras);
    }

    private static void requireKnown(List<String> protocols) {
        for (String name : protocols) {
            if (!name.equals(AdmProtocol.NAME) && !name.equals(ExactProtocol.NAME)) {
                throw BadInputException.at("--protocol " + name)
                        .found("no such protocol")
                        .expected("adm, exact, or adm,exact")
                        .advice(Nearest.to(name, List.of(AdmProtocol.NAME, ExactProtocol.NAME))
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("leave it out for both"))
                        .build();
            }
        }
    }

    private void requireNoneOfExact(Set<Extra> extras) {
        if (!extras.isEmpty() || classifier != null) {
            throw BadInputException.at(extras.isEmpty() ? "--classifier " + classifier : "--more " + more)
                    .found("the protocol adm alone")
                    .expected("exact, which it belongs to")
                    .advice("leave --protocol out, or say adm,exact")
                    .build();
        }
    }

    private Set<Extra> extras() {
        EnumSet<Extra> extras = EnumSet.noneOf(Extra.class);
        List<String> words = Arrays.stream(Extra.values()).map(Extra::word).toList();
        for (String name : more) {
            if (name.equals("all")) {
                extras.addAll(EnumSet.allOf(Extra.class));
                continue;
            }
            extras.add(Arrays.stream(Extra.values())
                    .filter(extra -> extra.word().equals(name))
                    .findFirst()
                    .orElseThrow(() -> BadInputException.at("--more " + name)
                            .found("no such metric")
                            .expected(String.join(", ", words) + " or all")
                            .advice(Nearest.to(name, words)
                                    .map(near -> "did you mean '" + near + "'?")
                                    .orElse("leave it out"))
                            .build()));
        }
        return extras;
    }

    /** Their names, in the order of reports. */
    List<String> names(LazyNetwork features) {
        if (protocols != null) {
            return protocols;
        }
        return features.identity().kind().equals("inception")
                ? List.of(AdmProtocol.NAME, ExactProtocol.NAME)
                : List.of(ExactProtocol.NAME);
    }

    /** The network whose classes are those of the data set: the one that is named, or the feature network itself. */
    Optional<LazyNetwork> classes(NetworkOptions.Door door, SessionOptions session) throws IOException {
        if (classifier != null) {
            return Optional.of(NetworkOptions.classifier(classifier, session).network());
        }
        return door.ownClasses() ? Optional.of(door.network()) : Optional.empty();
    }
}
