package org.ppflow.app.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The list of options in help: of long commands in sections, those of the command itself first. */
final class SectionedOptions {
    /** A list that fits a page is found through without headings. */
    private static final int LONG = 20;

    private SectionedOptions() {}

    /** Whether a command has so many options that they stand in sections. */
    static boolean isLong(CommandSpec command) {
        return command.options().size() >= LONG;
    }

    /** The list as text. */
    static String text(Help help) {
        List<OptionSpec> all = help.commandSpec().options();
        if (!isLong(help.commandSpec())) {
            return WholeWords.signs(list(help, all, all));
        }
        Map<String, String> headings = new LinkedHashMap<>();
        collect(help.commandSpec(), "", headings);
        Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
        sections.put("", new ArrayList<>());
        headings.values().forEach(heading -> sections.put(heading, new ArrayList<>()));
        for (OptionSpec option : all) {
            sections.computeIfAbsent(headings.getOrDefault(option.longestName(), ""), heading -> new ArrayList<>())
                    .add(option);
        }
        StringBuilder text = new StringBuilder();
        sections.forEach((heading, options) -> {
            if (!options.isEmpty()) {
                text.append(heading.isEmpty() ? "" : System.lineSeparator() + heading + ":" + System.lineSeparator());
                text.append(list(help, options, all));
            }
        });
        return WholeWords.signs(text.toString());
    }

    /** Some options, of the width of all of them, so that the descriptions of all sections stand in one column. */
    private static String list(Help help, List<OptionSpec> some, List<OptionSpec> all) {
        return help.optionListExcludingGroups(
                some,
                WholeWords.layout(help.createDefaultLayout(all, List.of(), help.colorScheme())),
                help.createDefaultOptionSort(),
                help.createDefaultParamLabelRenderer());
    }

    /** Heading of each option that a mixin with a heading brings, or a mixin of such a mixin without one of its own. */
    private static void collect(CommandSpec command, String heading, Map<String, String> headings) {
        for (CommandSpec mixin : command.mixins().values()) {
            OptionSection own = mixin.userObject().getClass().getAnnotation(OptionSection.class);
            String title = own == null ? heading : own.value();
            collect(mixin, title, headings);
            for (OptionSpec option : mixin.options()) {
                if (!title.isEmpty()) {
                    headings.putIfAbsent(option.longestName(), title);
                }
            }
        }
    }
}
