import type { Node, Proposal } from "./tree.ts";

/**
 * The tree as a shell function that bash and zsh both read: for a path it sets what follows it. A proposal is written as
 * words with commas between them, `@kind` for names of the server, `@files`, or nothing.
 */
export function specification(nodes: readonly Node[]): string {
  return [
    "_plumb_node() {",
    "  _plumb_commands='' _plumb_options='' _plumb_values='' _plumb_arguments=''",
    "  case $1 in",
    ...nodes.map((node) => `  ${quoted(node.path)}) ${assignments(node)} ;;`),
    "  *) return 1 ;;",
    "  esac",
    "}",
  ].join("\n");
}

function assignments({ commands, options, arguments: args }: Node): string {
  const values = options.filter(({ takesValue }) => takesValue);
  return [
    ["_plumb_commands", commands.map(({ name }) => name)],
    ["_plumb_options", options.flatMap(({ flags }) => flags)],
    ["_plumb_values", values.flatMap(({ flags, value }) => flags.map((flag) => `${flag}=${written(value)}`))],
    ["_plumb_arguments", args.map(({ value, variadic }) => `${variadic ? "*" : "-"}${written(value)}`)],
  ]
    .flatMap(([name, words]) => (words?.length === 0 ? [] : [`${String(name)}=${quoted([words].flat().join(" "))}`]))
    .join(" ");
}

function written(value: Proposal): string {
  if (value === undefined) return "";
  if (value === "files") return "@files";
  return "names" in value ? `@${value.names}` : value.words.join(",");
}

/** A word for a shell, whatever stands in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Shell lines that walk over the words before the cursor: `_plumb_path` is the command, `_plumb_position` counts its
 * arguments, `_plumb_waiting` is an option whose value comes next. The words stand in `$@`.
 */
export const walk = `_plumb_walk() {
  _plumb_path='' _plumb_position=0 _plumb_waiting=''
  local word
  _plumb_node ''
  for word in "$@"; do
    if [[ -n $_plumb_waiting ]]; then
      _plumb_waiting=''
    elif [[ $word == -* ]]; then
      [[ " $_plumb_values " == *" $word="* ]] && _plumb_waiting=$word
    elif [[ " $_plumb_commands " == *" $word "* ]]; then
      _plumb_path="\${_plumb_path:+$_plumb_path }$word"
      _plumb_node "$_plumb_path"
    else
      _plumb_position=$((_plumb_position + 1))
    fi
  done
}`;
