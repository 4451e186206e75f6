package org.ppflow.app.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ppflow.nn.errors.Nearest;

/**
 * Which key a person may have meant by one that is not there: one that the scripts they come from call so, one that differs by a slip, or one of another mapping.
 */
final class MeantKey {
    /** More places than these are no answer. */
    private static final int MANY = 4;

    private static final Set<String> PATHS = KnownKeys.paths(ExperimentConfig.class);

    private final String section;
    private final String key;
    private final Collection<String> known;
    private final List<Elsewhere> named;

    /**
     * A key that is not there.
     *
     * @param section mapping that it is in, as a path in an {@link ExperimentConfig}
     * @param key as written
     * @param known keys that there could be in its place
     */
    MeantKey(String section, String key, Collection<String> known) {
        this.section = section.replaceAll("\\[\\d+]", "[]");
        this.key = key;
        this.known = known;
        this.named = Elsewhere.ALL.stream()
                .filter(other -> other.names().contains(key))
                .toList();
    }

    /** What to say of it, if there is anything. */
    Optional<String> advice() {
        return dotted().or(() -> meant().map(meant -> "did you mean " + meant));
    }

    /** {@code training.batch: 64}: paths are written so behind {@code --set} and in grids, not in a mapping. */
    private Optional<String> dotted() {
        String path = ConfigPath.child(section, key);
        if (key.indexOf('.') < 0 || path.indexOf('[') >= 0 || !PATHS.contains(path)) {
            return Optional.empty();
        }
        String nested =
                key.substring(0, key.lastIndexOf('.')).replace(".", ": {") + ": {" + ConfigPath.last(key) + ": …}";
        long open = key.chars().filter(letter -> letter == '.').count() - 1;
        return Optional.of("write " + nested + "}".repeat((int) open));
    }

    private Optional<String> meant() {
        Optional<String> near = Nearest.to(key, known);
        boolean aLength = named.stream().anyMatch(other -> !other.note().isEmpty());
        boolean elsewhere = PATHS.stream().anyMatch(this::isKey);
        return named.stream()
                .filter(other -> other.section().equals(section))
                .findFirst()
                .map(other -> "'" + other.key() + "'?" + other.note())
                .or(() -> at(places(path -> ConfigPath.isInside(path, section))))
                // The very key in another mapping is no slip: batch is no watch.
                .or(() -> elsewhere ? at(places(path -> true)) : Optional.empty())
                .or(() -> near.filter(word -> Nearest.distance(key, word) == 1).map(word -> "'" + word + "'?"))
                .or(() -> named.stream()
                        .map(Elsewhere::key)
                        .filter(word -> known.contains(word) && !aLength) // epochs are no steps of a solver
                        .findFirst()
                        .map(word -> "'" + word + "'?"))
                .or(() -> at(places(path -> true)))
                .or(() -> near.map(word -> "'" + word + "'?"));
    }

    private boolean isKey(String path) {
        return ConfigPath.last(path).equals(key);
    }

    /** Places of what other scripts call so, and of the very key, but for the mappings that it was written in. */
    private List<String> places(Predicate<String> where) {
        return Stream.concat(named.stream().map(Elsewhere::path), PATHS.stream().filter(this::isKey))
                .filter(where)
                .filter(path -> !ConfigPath.isInside(section, path))
                .distinct()
                .toList();
    }

    /** The places with their notes; nothing of too many. */
    private Optional<String> at(List<String> places) {
        if (places.isEmpty() || places.size() > MANY) {
            return Optional.empty();
        }
        String notes = named.stream()
                .filter(other -> places.contains(other.path()))
                .map(Elsewhere::note)
                .distinct()
                .collect(Collectors.joining());
        return Optional.of(
                places.stream().map(path -> "'" + path + "'").collect(Collectors.joining(" or ")) + "?" + notes);
    }
}
