import { specification, walk } from "./specification.ts";
import type { Node } from "./tree.ts";

/**
 * Completion for bash 3.2 and later. Names from the server are compared and quoted as they are: `compgen -W` would
 * expand what stands in them.
 */
export function bashCompletion(nodes: readonly Node[]): string {
  return `# plumb completion for bash: eval "$(plumb completion bash)"
${specification(nodes)}
${walk}
_plumb_add() {
  # The shell replaces what follows the last : or = only, where it breaks words there.
  [[ $1 == "$_plumb_current"* ]] && COMPREPLY+=("$(printf '%q' "\${1#"$_plumb_before"}")")
}
_plumb_propose() {
  local word rest
  case $1 in
  @files) COMPREPLY=(); compopt -o default 2>/dev/null ;;
  @*)
    while IFS=$'\\t' read -r word rest; do _plumb_add "$_plumb_flag$word"; done \\
      < <("\${COMP_WORDS[0]}" completion names "\${1#@}" 2>/dev/null </dev/null)
    ;;
  *)
    rest=$1,
    while [[ -n $rest ]]; do
      word=\${rest%%,*} rest=\${rest#*,}
      [[ -n $word ]] && _plumb_add "$_plumb_flag$word"
    done
    ;;
  esac
}
# Words as they were typed: the shell breaks them at : and = too.
_plumb_split() {
  local line=\${COMP_LINE:0:COMP_POINT} word gap index
  _plumb_words=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    gap=\${line%%[![:space:]]*}
    line=\${line#"$gap"} line=\${line#"$word"}
    if [[ -n $gap || index -eq 0 ]]; then _plumb_words+=("$word")
    else _plumb_words[\${#_plumb_words[@]} - 1]+=$word; fi
  done
}
_plumb() {
  local _plumb_commands _plumb_options _plumb_values _plumb_arguments _plumb_path _plumb_position _plumb_waiting
  local _plumb_words _plumb_current _plumb_before='' _plumb_flag='' word index=0 last=''
  COMPREPLY=()
  _plumb_split
  _plumb_current=\${_plumb_words[\${#_plumb_words[@]} - 1]}
  [[ $COMP_WORDBREAKS == *:* && $_plumb_current == *:* ]] && _plumb_before=\${_plumb_current%:*}:
  [[ $COMP_WORDBREAKS == *=* && $_plumb_current == *=* ]] && _plumb_before=\${_plumb_current%=*}=
  _plumb_walk "\${_plumb_words[@]:1:\${#_plumb_words[@]}-2}"
  if [[ $_plumb_current == --*=* ]]; then
    _plumb_waiting=\${_plumb_current%%=*} _plumb_flag=\${_plumb_current%%=*}=
  fi
  if [[ -n $_plumb_waiting ]]; then
    for word in $_plumb_values; do
      [[ $word == "$_plumb_waiting="* ]] && _plumb_propose "\${word#*=}"
    done
    return 0
  fi
  if [[ $_plumb_current == -* ]]; then
    for word in $_plumb_options; do _plumb_add "$word"; done
    return 0
  fi
  for word in $_plumb_commands; do _plumb_add "$word"; done
  set -f
  for word in $_plumb_arguments; do
    last=$word
    if [[ $index -eq $_plumb_position ]]; then set +f; _plumb_propose "\${word:1}"; return 0; fi
    index=$((index + 1))
  done
  set +f
  [[ $last == '*'* ]] && _plumb_propose "\${last:1}"
  return 0
}
complete -F _plumb plumb
`;
}
