package org.ppflow.app.command.completion;

/** Makes of picocli's script for bash the file that zsh calls as a function at the first completion, which it must answer then and there; or that is sourced. */
final class ZshCompletion {
    /** For bash it registers the function; for zsh the file itself is that. */
    private static final String REGISTERED = "\ncomplete -F ";

    /** What picocli sets: zsh has parsed the functions by then, in which the alias has no effect and the word is no command. */
    private static final String ALIAS = "alias compopt=complete";

    /** Zsh's door to functions for bash decides about the space behind a word before it asks them. */
    private static final String ENTRY = """
            function _{program}() {
              if [[ "${words[CURRENT-1]}" == '--set' && "${words[CURRENT]}" != *=* ]]; then
                _bash_complete -o nospace -o default -F _complete_{program}
              else
                _bash_complete -o default -F _complete_{program}
              fi
            }
            if [[ "${funcstack[1]}" == '_{program}' ]]; then _{program}; else compdef _{program} {program}; fi
            """;

    private ZshCompletion() {}

    /** The file. */
    static String of(String script, String program) {
        int end = script.lastIndexOf(REGISTERED);
        if (end < 0 || !script.contains(ALIAS)) {
            throw new IllegalStateException(
                    "picocli's script is not as it was: no '" + REGISTERED.strip() + "', or no '" + ALIAS + "'");
        }
        return "#compdef " + program + "\n"
                + script.substring(0, end + 1).replace(ALIAS, "function compopt() { :; }")
                + ENTRY.replace("{program}", program);
    }
}
