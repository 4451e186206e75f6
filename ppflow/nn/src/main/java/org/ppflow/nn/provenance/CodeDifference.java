package org.ppflow.nn.provenance;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How states of the code differ that numbers follow from.
 *
 * @param codes in the order of work
 */
public record CodeDifference(List<Code> codes) {
    public CodeDifference {
        codes = List.copyOf(codes);
    }

    /** {@code begun by the code of commit eb5998206d43, gone on with by that of commit eb5998206d43, with changes (classes of flow differ)}; empty where all are the same. */
    public Optional<String> text() {
        return same()
                ? Optional.empty()
                : Optional.of("begun by the code of " + codes.get(0).title() + ", gone on with by that of "
                        + String.join(
                                ", then of ",
                                codes.stream().skip(1).map(Code::title).toList())
                        + where());
    }

    /**
     * {@code by the code of commit eb5998206d43, and this is that of commit eb5998206d43, with changes (classes of flow differ)}; empty where nobody knows who worked, or the last that
     * did is the one that runs.
     */
    public Optional<String> lastOtherThan(Code now) {
        if (codes.isEmpty() || codes.get(codes.size() - 1).sameAs(now)) {
            return Optional.empty();
        }
        Code last = codes.get(codes.size() - 1);
        return Optional.of("by the code of " + last.title() + ", and this is that of " + now.title()
                + new CodeDifference(List.of(last, now)).where());
    }

    private boolean same() {
        return codes.stream().allMatch(code -> code.sameAs(codes.get(0)));
    }

    /** Titles of all but the last, {@code commit eb5998206d43, then commit …}. */
    public String earlier() {
        return codes.subList(0, codes.size() - 1).stream()
                .map(Code::title)
                .distinct()
                .collect(Collectors.joining(", then "));
    }

    /** {@code  (classes of flow differ)}; nothing where that is not known. */
    public String where() {
        TreeSet<String> rooms = new TreeSet<>();
        codes.forEach(code -> rooms.addAll(codes.get(0).roomsOtherThanIn(code)));
        return rooms.isEmpty() ? "" : " (classes of " + String.join(", ", rooms) + " differ)";
    }
}
