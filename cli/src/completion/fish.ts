import type { Node, Proposal } from "./tree.ts";

/** Completion for fish 3.4 and later, with what each command and option does beside its name. */
export function fishCompletion(nodes: readonly Node[]): string {
  return `# plumb completion for fish: plumb completion fish > ~/.config/fish/completions/plumb.fish
function __plumb_path
  set -l path
  set -l position 0
  set -l skip 0
  for word in (commandline -opc)[2..-1]
    if test $skip = 1
      set skip 0
    else if string match -q -- '-*' $word
      contains -- "$path $word" $__plumb_values; and set skip 1
    else
      set -l next (string trim -- "$path $word")
      if contains -- $next $__plumb_paths
        set path $next
      else
        set position (math $position + 1)
      end
    end
  end
  printf '%s\\n' "$path" $position
end
# The command, and optionally which of its arguments comes next: that one, or from that one on.
function __plumb_at
  set -l found (__plumb_path)
  test "$found[1]" = "$argv[1]"; or return 1
  switch "$argv[2]"
    case ''
      return 0
    case '*+'
      test $found[2] -ge (string trim -r -c + -- $argv[2])
    case '*'
      test $found[2] -eq $argv[2]
  end
end
set -g __plumb_paths ${nodes.flatMap(({ path }) => (path === "" ? [] : [quoted(path)])).join(" ")}
set -g __plumb_values ${nodes.flatMap(optionsWithValue).join(" ")}
complete -c plumb -e
complete -c plumb -f
${nodes.flatMap(lines).join("\n")}
`;
}

function optionsWithValue({ path, options }: Node): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .flatMap(({ flags }) => flags.map((flag) => quoted(`${path} ${flag}`)));
}

function lines({ path, commands, options, arguments: args }: Node): string[] {
  const at = `complete -c plumb -n ${quoted(`__plumb_at ${quoted(path)}`)}`;
  return [
    ...commands.map(({ name, summary }) => `${at} -a ${quoted(name)} -d ${quoted(summary)}`),
    ...options.map(({ flags, summary, takesValue, value }) => {
      const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const parts = [
        at,
        ...names,
        ...(takesValue ? [value === "files" ? "-r" : "-x"] : []),
        ...proposalOf(value),
        "-d",
        quoted(summary),
      ];
      return parts.join(" ");
    }),
    ...args.flatMap(({ value, variadic }, position) => {
      const parts = proposalOf(value);
      const there = `complete -c plumb -n ${quoted(`__plumb_at ${quoted(path)} ${position}${variadic ? "+" : ""}`)}`;
      return parts.length === 0 ? [] : [[there, ...parts].join(" ")];
    }),
  ];
}

function proposalOf(value: Proposal): string[] {
  if (value === undefined) return [];
  if (value === "files") return ["-F"];
  if ("words" in value) return ["-a", quoted(value.words.join(" "))];
  return ["-a", quoted(`(plumb completion names ${value.names} 2>/dev/null)`)];
}

/** A word for fish: within single quotes only \\ and ' are special. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
