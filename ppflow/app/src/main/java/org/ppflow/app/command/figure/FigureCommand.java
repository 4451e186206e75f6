package org.ppflow.app.command.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ppflow.app.command.SubCommand;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ppflow figure}: holds the figures. */
@Command(
        name = "figure",
        description = "Draw a figure of the paper, as SVG and PNG.",
        synopsisSubcommandLabel = "1|4|5|6|7|8|9|10|path",
        subcommands = {
            SamplesAndSpeedCommand.class,
            TrainingCostCommand.class,
            ScratchSamplesCommand.class,
            SamplingCostCommand.class,
            GrownSamplesCommand.class,
            PyramidSamplesCommand.class,
            PackingCommand.class,
            PatchificationCommand.class,
            DenoisingPathCommand.class
        },
        footer = {"", "Example: ppflow figure 10 --schedule ppf-3 --output figure-10"})
public final class FigureCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What none of the commands takes: the number of a figure that there is not, with whatever follows it. */
    @Unmatched
    private List<String> others = new ArrayList<>();

    @Override
    public Integer call() {
        Set<String> known = spec.subcommands().keySet();
        String where = "'" + spec.qualifiedName() + "'";
        String asked = others.isEmpty() ? "" : others.get(0);
        if (asked.equals("2") || asked.equals("3")) {
            throw BadInputException.at("figure " + asked)
                    .found("a figure that no command draws")
                    .expected("one of " + String.join(", ", known))
                    .advice("Figures 2 and 3 are drawn in notebook 02, patch levels")
                    .build();
        }
        Set<String> words = asked.startsWith("-") ? spec.optionsMap().keySet() : known;
        throw BadInputException.at(asked.isEmpty() ? where : asked)
                .found(
                        asked.isEmpty()
                                ? "no figure"
                                : asked.startsWith("-") ? "no option of " + where : "no figure of " + where)
                .expected("one of " + String.join(", ", words))
                .advice(Nearest.to(asked, words)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse(where.replaceAll("'$", " --help'") + " says what each shows"))
                .build();
    }
}
