# Completions of smtp-codes for bash.

_smtp_codes() {
    local current="$2" before="${COMP_WORDS[COMP_CWORD-1]}" start="" assigned="" IFS=$' \t\n'
    local subcommand="" words="" options="" paths="" i

    # To bash `=` is a word of its own, unless somebody took it out of COMP_WORDBREAKS.
    if [[ "${COMP_WORDS[COMP_CWORD]}" == "=" ]]; then
        current=""
        assigned=yes
    elif [[ "$before" == "=" ]]; then
        before="${COMP_WORDS[COMP_CWORD-2]}"
        assigned=yes
    elif [[ "$current" == --*=* ]]; then
        before="${current%%=*}"
        start="$before="
        current="${current#*=}"
        assigned=yes
    fi

    # The first word that is no option and no value of one is the subcommand, or a code.
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "${COMP_WORDS[i]}" in
            =) ((i++)) ;;
            @with a value@) [[ "${COMP_WORDS[i+1]}" == "=" ]] || ((i++)) ;;
            -*) ;;
            @subcommands@)
                subcommand="${COMP_WORDS[i]}"
                break
                ;;
            *)
                subcommand="@like a code@"
                break
                ;;
        esac
    done

    case "$subcommand,$before" in
        @behind options@
        *)
            if [[ ! "$assigned" ]]; then
                case "$subcommand" in
                    @words@
                esac
                # Options do not stand in the way of what else can come.
                if [[ "$current" == -* ]]; then
                    words="$options"
                    paths=""
                elif [[ ! "$words$paths" ]]; then
                    words="$options"
                fi
            fi
            ;;
    esac

    # Readline completes paths, whatever is in them, where there is nothing else.
    if [[ ! "$paths" ]]; then
        compopt +o default 2>/dev/null
    fi
    COMPREPLY=($(compgen -P "$start" -W "$words" -- "$current"))
}

complete -o bashdefault -o default -F _smtp_codes smtp-codes
