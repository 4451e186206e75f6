package org.ppflow.nn.provenance;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A state of the toolkit's code. Numbers follow from it as from a config, and a commit alone does not tell two states of a changed checkout apart.
 *
 * @param toolkit version and commit
 * @param classes SHA-256 of the compiled classes of each room, by its name, sorted; empty where nobody knows. Two commits that differ in texts alone have the same
 */
public record Code(Toolkit toolkit, Map<String, String> classes) {
    private static final int SHORT = 12;

    public Code {
        Objects.requireNonNull(toolkit);
        classes = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(classes, Map.of())));
    }

    /** The one that runs; all classes of the toolkit are read, some megabytes. */
    public static Code current() {
        return new Code(Toolkit.current(), RoomClasses.hashes(Code.class.getClassLoader()));
    }

    /** The rooms whose classes are others, sorted. A room that one of both does not have, say that of notebooks, says nothing. */
    public List<String> roomsOtherThanIn(Code other) {
        return classes.entrySet().stream()
                .filter(room -> !room.getValue().equals(other.classes.getOrDefault(room.getKey(), room.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether numbers of both follow from the same classes; where those of one are not known, whether both are the same commit without changes. */
    public boolean sameAs(Code other) {
        if (!classes.isEmpty() && !other.classes.isEmpty()) {
            return roomsOtherThanIn(other).isEmpty();
        }
        GitState git = toolkit.git();
        return toolkit.equals(other.toolkit) && git != null && Boolean.FALSE.equals(git.dirty());
    }

    /** For people: {@code commit eb5998206d43, with changes}. */
    public String title() {
        GitState git = toolkit.git();
        return git == null
                ? "version " + toolkit.version()
                : "commit " + git.commit().substring(0, SHORT)
                        + (Boolean.TRUE.equals(git.dirty()) ? ", with changes" : "");
    }
}
