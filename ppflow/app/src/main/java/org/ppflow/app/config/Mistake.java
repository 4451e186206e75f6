package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * One value that is no record's, in words.
 *
 * @param within path of the record that refused it; of the value itself where its type is another
 * @param path of the value
 * @param missing whether it is required and not there
 * @param told what to say of it
 */
record Mistake(String within, String path, boolean missing, BadInputException told) {
    /** How a record says which of its components it rejects: {@code levels[1].start: 0.3 leaves a gap}. */
    private static final Pattern KEYED = Pattern.compile("([a-z][a-z0-9_.\\[\\]]*): (.*)", Pattern.DOTALL);

    /** What the reader of records stumbled over. */
    static Mistake of(ConfigTree tree, JacksonException e) {
        String path = path(e);
        if (e instanceof ValueInstantiationException && e.getCause() instanceof IllegalArgumentException rejected) {
            return rejected(tree, path, String.valueOf(rejected.getMessage()), e);
        }
        JsonNode found = ConfigPath.get(tree.root(), path);
        if (found.isMissingNode() && path.endsWith("[0]")) { // one value where a list may be too: it has no index
            path = ConfigPath.parent(path);
            found = ConfigPath.get(tree.root(), path);
        }
        BadInputException told = e instanceof MismatchedInputException mismatch
                ? mismatched(tree, path, found, mismatch)
                : tree.problemAt(path)
                        .found("found " + Describe.value(found) + ": " + e.getOriginalMessage())
                        .cause(e)
                        .build();
        return new Mistake(path, path, found.isMissingNode(), told);
    }

    private static BadInputException mismatched(
            ConfigTree tree, String path, JsonNode found, MismatchedInputException mismatch) {
        Class<?> target = mismatch.getTargetType();
        if (target == LevelSchedule.class && found.isString()) {
            return noSchedule(tree, path, found.asString());
        }
        BadInputException.Builder problem = tree.problemAt(path)
                .found("found " + Describe.value(found))
                .expected(expected(path, found, mismatch))
                .cause(mismatch);
        usual(path, found)
                .ifPresent(usual -> problem.advice("write one, or leave the line out, which stands for " + usual));
        if (target != null && target.isEnum() && found.isString()) {
            Nearest.to(found.asString(), Describe.names(target))
                    .ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
        }
        return problem.build();
    }

    private static BadInputException noSchedule(ConfigTree tree, String path, String name) {
        if (LevelSchedule.isLevels(name)) {
            try {
                LevelSchedule.ofLevels(name);
            } catch (IllegalArgumentException e) {
                return tree.problemAt(path)
                        .found("found levels '" + name + "': " + e.getMessage())
                        .expected(
                                "patches with the times at which they end, as '4x4:0.5,2x2', in a list with the quotes")
                        .cause(e)
                        .build();
            }
        }
        List<String> names = NamedSchedules.names();
        BadInputException.Builder problem = tree.problemAt(path)
                .found("found schedule '" + name + "'")
                .expected("one of " + String.join(", ", names)
                        + ", levels as 4x4:0.5,2x2, or a mapping with name and levels");
        Nearest.to(name, names).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
        return problem.build();
    }

    private static String expected(String path, JsonNode found, MismatchedInputException mismatch) {
        Class<?> target = mismatch.getTargetType();
        if (found.isMissingNode() || (found.isNull() && usual(path, found).isEmpty())) {
            return "a value for the required key '" + ConfigPath.last(path) + "'";
        }
        return target == null ? "another kind of value" : Describe.type(target);
    }

    /** What a key without a value would be if its line were left out; empty where it has a value, or must have one. */
    private static Optional<String> usual(String path, JsonNode found) {
        JsonNode usual = ConfigPath.get(ConfigReader.defaults(), path);
        if (!found.isNull() || usual.isMissingNode()) {
            return Optional.empty();
        }
        String text = usual.isString() ? usual.asString() : usual.toString();
        return Optional.of(text.isEmpty() ? "none" : text);
    }

    /** A record's constructor said {@code key: message}: the key, if it is not the value itself, goes into the path. */
    private static Mistake rejected(ConfigTree tree, String within, String message, JacksonException cause) {
        Matcher keyed = KEYED.matcher(message);
        if (!keyed.matches()) {
            BadInputException told =
                    tree.problemAt(within).found(message).cause(cause).build();
            return new Mistake(within, within, false, told);
        }
        String key = keyed.group(1);
        String path = key.equals(ConfigPath.last(within)) ? within : ConfigPath.child(within, key);
        BadInputException.Builder problem =
                tree.problemAt(path).found(keyed.group(2)).cause(cause);
        tree.overrideBeside(path, within).ifPresent(override -> problem.advice("the same section has " + override));
        return new Mistake(within, path, false, problem.build());
    }

    private static String path(JacksonException e) {
        List<String> parts = new ArrayList<>();
        for (JacksonException.Reference reference : e.getPath()) {
            String name = reference.getPropertyName();
            parts.add(name != null ? name : "[" + reference.getIndex() + "]");
        }
        String path = "";
        for (String part : parts) {
            path = ConfigPath.child(path, part);
        }
        return path;
    }
}
