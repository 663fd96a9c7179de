import { quoted, specification, walk } from "./specification.ts";
import type { Node } from "./tree.ts";

/** Completion for zsh, with what each command does beside its name. */
export function zshCompletion(nodes: readonly Node[]): string {
  return `#compdef plumb
# plumb completion for zsh: source <(plumb completion zsh), after compinit
${specification(nodes)}
${walk}
_plumb_summaries() {
  case $1 in
${nodes.flatMap(summaries).join("\n")}
  esac
}
_plumb_propose() {
  local -a found
  local name line
  case $1 in
  @files) _files ;;
  @*)
    while IFS=$'\\t' read -r name line; do found+=("\${name//:/\\\\:}\${line:+:$line}"); done \\
      < <("\${words[1]}" completion names "\${1#@}" 2>/dev/null </dev/null)
    _describe -t names name found
    ;;
  *) found=("\${(@s:,:)1}"); [[ -n $1 ]] && compadd -a found ;;
  esac
}
_plumb() {
  local _plumb_commands _plumb_options _plumb_values _plumb_arguments _plumb_path _plumb_position _plumb_waiting
  local word last=''
  local -a found
  integer index=0
  _plumb_walk "\${(@)words[2,CURRENT-1]}"
  if [[ -z $_plumb_waiting && \${words[CURRENT]} == --*=* ]]; then
    _plumb_waiting=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  if [[ -n $_plumb_waiting ]]; then
    for word in \${=_plumb_values}; do
      [[ $word == "$_plumb_waiting="* ]] && _plumb_propose "\${word#*=}"
    done
    return 0
  fi
  if [[ \${words[CURRENT]} == -* ]]; then
    found=(\${=_plumb_options})
    compadd -a found
    return 0
  fi
  if [[ -n $_plumb_commands ]]; then
    found=("\${(@f)$(_plumb_summaries "$_plumb_path")}")
    _describe -t commands command found
  fi
  for word in \${=_plumb_arguments}; do
    last=$word
    if (( index == _plumb_position )); then _plumb_propose "\${word[2,-1]}"; return 0; fi
    index=index+1
  done
  [[ $last == '*'* ]] && _plumb_propose "\${last[2,-1]}"
  return 0
}
compdef _plumb plumb
`;
}

function summaries({ path, commands }: Node): string[] {
  if (commands.length === 0) return [];
  const lines = commands.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(":", "\\:")}`));
  return [`  ${quoted(path)}) print -rl -- ${lines.join(" ")} ;;`];
}
