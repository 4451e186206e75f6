package org.ppflow.app.command.evaluate;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that stand on the command line, as against those that have their defaults. */
final class GivenOptions {
    private GivenOptions() {}

    /**
     * Refuses options of a mixin that nothing would come of.
     *
     * @param mixin name of its field
     * @param others names of its options that have a use of their own
     * @param missing what the options belong to, for the error
     * @throws BadInputException if there are some, naming all of them
     */
    static void requireNone(CommandSpec spec, String mixin, Set<String> others, String missing) {
        Set<String> names = Objects.requireNonNull(spec.mixins().get(mixin), mixin).options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());
        List<String> given = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> names.contains(name) && !others.contains(name))
                .distinct()
                .toList();
        if (!given.isEmpty()) {
            throw BadInputException.at(given.get(0))
                    .found("only with " + missing)
                    .advice("leave it out"
                            + (given.size() == 1 ? "" : ", and " + String.join(", ", given.subList(1, given.size()))))
                    .build();
        }
    }
}
