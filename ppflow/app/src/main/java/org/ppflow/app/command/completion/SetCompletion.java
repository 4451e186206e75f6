package org.ppflow.app.command.completion;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of the script that completes {@code --set PATH=VALUE}: keys of configs, and after {@code =} their words. Picocli completes a value as a whole. */
final class SetCompletion {
    private static final String FUNCTION = """
            # Completes what follows --set: keys of configs, and after '=' the words of a key. Bash parts words at '=', zsh does not. Ends with 1 elsewhere.
            # Zsh takes a letter after the ':' of a slice for a modifier, hence the '$' there.
            function _ppflow_set() {
              local first=$COMP_CWORD typed='' values='' before=''
              while (( first > 0 && COMP_CWORD - first < 5 )) && [[ "${COMP_WORDS[first-1]}" != '--set' ]]; do first=$(( first - 1 )); done
              (( first > 0 )) && [[ "${COMP_WORDS[first-1]}" == '--set' ]] || return 1
              local parts=("${COMP_WORDS[@]:$first:$(( COMP_CWORD - first + 1 ))}")
              if [[ "${parts[0]}" == '=' ]]; then parts=("${parts[@]:1}"); fi
              case ${#parts[@]} in
                0) ;;
                1) typed=${parts[0]} ;;
                2|3) [[ "${parts[1]}" == '=' ]] || return 1; typed="${parts[0]}=${parts[2]:-}" ;;
                *) return 1 ;;
              esac
              COMPREPLY=()
              local IFS=$'\\n'
              if [[ "$typed" != *=* ]]; then
                type compopt &>/dev/null && compopt -o nospace +o default
                COMPREPLY=( $(compgen -S = -W "{keys}" -- "$typed") )
                return 0
              fi
              case ${typed%%=*} in
            {words}
              esac
              [[ "${#parts[@]}" -gt 1 ]] || before="${typed%%=*}="
              [[ -z "$values" ]] || COMPREPLY=( $(compgen -P "$before" -W "$values" -- "${typed#*=}") )
              return 0
            }

            # Bash parts --solver=h at '='; the words of an option are known behind a blank alone.
            function _ppflow_apart() {
              [[ -n "$BASH_VERSION" ]] && (( COMP_CWORD > 1 )) || return 0
              local equals=$COMP_CWORD
              [[ "${COMP_WORDS[equals]}" == '=' ]] || equals=$(( equals - 1 ))
              [[ "${COMP_WORDS[equals]}" == '=' && "${COMP_WORDS[equals-1]}" == --* ]] || return 0
              if (( equals == COMP_CWORD )); then
                COMP_WORDS[equals]=''
              else
                COMP_WORDS=("${COMP_WORDS[@]:0:$equals}" "${COMP_WORDS[@]:$(( equals + 1 ))}")
                COMP_CWORD=$(( COMP_CWORD - 1 ))
              fi
            }

            """;

    private SetCompletion() {}

    /** A picocli script that asks this first. */
    static String added(String script, String entry) {
        String begin = "function " + entry + "() {\n";
        return script.replace(
                begin, function(ConfigKeys.all()) + begin + "  _ppflow_set && return 0\n  _ppflow_apart\n");
    }

    private static String function(Map<String, List<String>> keys) {
        String cases = keys.entrySet().stream()
                .filter(key -> !key.getValue().isEmpty())
                .map(key -> "    '" + key.getKey() + "') values=$'" + String.join("\\n", key.getValue()) + "' ;;")
                .collect(Collectors.joining("\n"));
        return FUNCTION.replace("{keys}", String.join("\n", keys.keySet())).replace("{words}", cases);
    }
}
