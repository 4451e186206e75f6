package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that is wrong in an experiment's config at once. Records refuse one value at a time, so the tree is read again with a value that does in the place of each
 * that was refused. What a record refuses of which a value was replaced may follow from that, and is left for the next time.
 */
final class AllMistakes {
    /** Mistakes that one message names. */
    private static final int LISTED = 12;

    private final ConfigTree tree;
    private final Supplier<?> reading;
    private final Set<String> replaced = new HashSet<>();

    /**
     * @param tree is changed, and of no use afterwards
     * @param reading makes the records of the tree as it is
     */
    AllMistakes(ConfigTree tree, Supplier<?> reading) {
        this.tree = tree;
        this.reading = reading;
    }

    /** One exception for the first mistake, with those that are found after it. */
    BadInputException after(Mistake first) {
        replaced.add(first.path());
        List<BadInputException> more = replace(first) ? find(false) : List.of();
        return first.told().and(more);
    }

    /**
     * The same after unknown keys.
     *
     * @param removed their paths, which are no longer in the tree
     */
    BadInputException after(BadInputException unknown, List<String> removed) {
        replaced.addAll(removed);
        return unknown.and(find(true));
    }

    /** @param beside whether keys were unknown: what is missing may be one of them, and is not told */
    private List<BadInputException> find(boolean beside) {
        List<BadInputException> found = new ArrayList<>();
        while (found.size() < LISTED) { // ends: no path is replaced twice
            Optional<Mistake> next = next();
            if (next.isEmpty()) {
                break;
            }
            Mistake mistake = next.get();
            if (!follows(mistake) && !(beside && mistake.missing())) {
                found.add(mistake.told());
            }
            if (!replaced.add(mistake.path()) || !replace(mistake)) {
                break;
            }
        }
        return found;
    }

    private Optional<Mistake> next() {
        try {
            Objects.requireNonNull(reading.get());
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.of(Mistake.of(tree, e));
        }
    }

    private boolean follows(Mistake mistake) {
        return replaced.stream()
                .anyMatch(path -> mistake.within().isEmpty() || ConfigPath.isInside(path, mistake.within()));
    }

    /** Puts what a config usually has in the place of a value; false where there is nothing usual. */
    private boolean replace(Mistake mistake) {
        String path = mistake.path();
        if (path.startsWith(ConfigReader.SCHEDULES)) {
            path = path.replaceFirst("(]).*", "$1"); // one of the list, or all of it
        }
        JsonNode usual = ConfigPath.get(usual(), path.replaceFirst("\\[\\d+]$", "[0]"));
        if (usual.isMissingNode()) {
            return false;
        }
        tree.change(tree.placeOf(path), path, usual);
        return true;
    }

    private static ObjectNode usual() {
        ObjectNode usual = ConfigReader.defaults();
        usual.put("name", "usual");
        usual.putArray(ConfigReader.SCHEDULES).add(ConfigReader.usualSchedule());
        return usual;
    }
}
