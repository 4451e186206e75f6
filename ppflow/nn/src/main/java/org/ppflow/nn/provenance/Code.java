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
    private static final String SCORES = "eval";

    public Code {
        Objects.requireNonNull(toolkit);
        classes = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(classes, Map.of())));
    }

    /** The one that runs, as it was when the process asked first; all classes of the toolkit are read then, some megabytes. */
    public static Code current() {
        return Running.CODE;
    }

    private static final class Running {
        static final Map<String, String> CLASSES = RoomClasses.of(Code.class.getClassLoader());
        static final Code CODE = new Code(Toolkit.current(), RoomClasses.hashes(CLASSES));
    }

    /**
     * A text that changes with the classes of some packages of the code that runs, for keys of what is kept and follows from them. Where classes cannot be read it is version, commit
     * and time of the build.
     *
     * @param packages below {@code org.ppflow}, with those in them: {@code eval.network}, or a room
     */
    public static String hashOf(String... packages) {
        return Running.CLASSES.isEmpty()
                ? Toolkit.current() + " built " + Toolkit.builtAt()
                : RoomClasses.hash(Running.CLASSES, List.of(packages));
    }

    /** The rooms whose classes are others, sorted. A room that one of both does not have says nothing. */
    public List<String> roomsOtherThanIn(Code other) {
        return classes.entrySet().stream()
                .filter(room -> !room.getValue().equals(other.classes.getOrDefault(room.getKey(), room.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Whether numbers of both follow from the same code, as far as is known: they have the same classes, or are the same commit without changes, whose classes another compiler
     * makes otherwise.
     */
    public boolean sameAs(Code other) {
        if (equals(other)) {
            return true;
        }
        GitState git = toolkit.git();
        boolean sameCommit = toolkit.equals(other.toolkit) && git != null && Boolean.FALSE.equals(git.dirty());
        boolean known = !classes.isEmpty() && !other.classes.isEmpty();
        return sameCommit || (known && roomsOtherThanIn(other).isEmpty());
    }

    /** The same with those rooms alone from which something follows. */
    public Code of(String... rooms) {
        Map<String, String> some = new TreeMap<>(classes);
        some.keySet().retainAll(List.of(rooms));
        return new Code(toolkit, some);
    }

    /** The same without the room that makes scores, of which nothing else follows. */
    public Code withoutScores() {
        Map<String, String> others = new TreeMap<>(classes);
        others.remove(SCORES);
        return new Code(toolkit, others);
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
