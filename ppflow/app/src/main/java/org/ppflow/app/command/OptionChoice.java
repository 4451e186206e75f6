package org.ppflow.app.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/** Reads an option's value that is one of an enum's names, as {@code toString} writes them. */
public final class OptionChoice {
    private OptionChoice() {}

    /**
     * The constant.
     *
     * @throws BadInputException naming option, value and what there is
     */
    public static <E extends Enum<E>> E of(String option, String value, E[] all) {
        for (E one : all) {
            if (one.toString().equalsIgnoreCase(value)) {
                return one;
            }
        }
        List<String> names = java.util.Arrays.stream(all)
                .map(Object::toString)
                .map(name -> name.length() > 2 ? name.toLowerCase(Locale.ROOT) : name) // S, XL are sizes
                .toList();
        Optional<String> near = Nearest.to(value, names);
        BadInputException.Builder problem = BadInputException.at(option)
                .found(value.isBlank() ? "nothing" : "'" + value + "'")
                .expected("one of " + String.join(", ", names));
        near.ifPresent(word -> problem.advice("did you mean '" + word + "'?"));
        throw problem.build();
    }
}
