import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";

/** Whether the shell is there; where it is not, that is said, and its tests are skipped. */
function isThere(shell: string): boolean {
  const { status } = spawnSync(shell, ["--version"]);
  if (status !== 0) process.stderr.write(`${shell} is not installed: its completion is not tried here.\n`);
  return status === 0;
}

/** A plumb that knows a few names of each kind. */
const fake = `#!/bin/sh
[ "$1 $2" = "completion names" ] || exit 1
case $3 in
workspaces) printf 'shop/prod\\tin sync\\nshop/globex/prod\\tdrifted: since today\\n' ;;
environments) printf 'prod\\nglobex/prod\\n' ;;
roles) printf 'approver\\tall environments\\napprover:prod\\noperator:prod\\n' ;;
people) printf 'ada\\tAda Urban\\nbob\\tBob: the other\\n' ;;
pull-requests) printf '7\\topen: Zwei 開発\\n12\\tapplied: "x"\\n' ;;
esac
`;
let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
  writeFileSync(join(folder, "plumb"), fake);
  chmodSync(join(folder, "plumb"), 0o700);
  for (const shell of ["zsh", "fish"])
    writeFileSync(join(folder, `completion.${shell}`), (await plumb(["completion", shell])).stdout);
  const path = `${folder}${delimiter}${process.env["PATH"] ?? ""}`;
  env = { PATH: path, HOME: folder, ZDOTDIR: folder, TERM: "dumb", LANG: "C.UTF-8" };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines, and the words that are proposed at their ends. */
const cases: [line: string, words: string[]][] = [
  ["plumb pr", ["promote", "prs"]],
  ["plumb prs list --st", ["--status"]],
  ["plumb prs list --status ", ["closed", "merged", "open"]],
  ["plumb prs list --status=m", ["--status=merged"]],
  ["plumb prs show ", ["12", "7"]],
  ["plumb prs show 7 ", []],
  ["plumb workspaces show shop/g", ["shop/globex/prod"]],
  ["plumb runs list --environment glo", ["globex/prod"]],
  ["plumb runs list --environment=glo", ["--environment=globex/prod"]],
  ["plumb people grant ", ["ada", "bob"]],
  ["plumb people grant ada approver:", ["approver:prod"]],
  ["plumb people grant ada reader op", ["operator:prod"]],
  ["plumb destroy shop/prod shop/g", ["shop/globex/prod"]],
];

/** What fish proposes at the end of a line. */
function proposedByFish(shell: string, line: string): string[] {
  const commands = `source '${folder}/completion.fish'; complete -C'${line}'`;
  const found = execFileSync(shell, ["--no-config", "-c", commands], { env, encoding: "utf8" });
  return found.split("\n").flatMap((text) => text.split("\t")[0] || []);
}

/**
 * An interactive zsh that says when it takes keys and when it has completed, with a compadd that writes down what would be
 * inserted.
 */
const zshProbe = `
PS1=
autoload -Uz compinit && compinit -u -D
source $ZDOTDIR/completion.zsh
compadd() {
  if [[ " $* " == *" -O "* || " $* " == *" -A "* || " $* " == *" -D "* ]]; then builtin compadd "$@"; return; fi
  local -a __hits
  builtin compadd -O __hits "$@"
  print -rl -- "\${IPREFIX}"$^__hits >> $ZDOTDIR/found
  builtin compadd "$@"
}
completed() { _main_complete; print -n '<completed>' > $TTY }
zle -C probe complete-word completed
bindkey '^I' probe
zle-line-init() { print -n '<ready>' > $TTY }
zle -N zle-line-init
`;

/** What zsh proposes at the end of a line that is typed into a terminal of its own. */
function proposedByZsh(shell: string, line: string): string[] {
  writeFileSync(join(folder, ".zshrc"), zshProbe);
  writeFileSync(join(folder, "found"), "");
  const drive = `
zmodload zsh/zpty
zpty shell zsh -i
zpty -r shell answer '*<ready>*'
zpty -wn shell '${line}'$'\\t'
zpty -r shell answer '*<completed>*'
zpty -d shell
`;
  const { stderr } = spawnSync(shell, ["-f", "-c", drive], { env, encoding: "utf8", timeout: 60_000 });
  if (stderr !== "") throw new Error(stderr);
  return [...new Set(readFileSync(join(folder, "found"), "utf8").split("\n"))].filter((word) => word !== "");
}

describe.skipIf(!isThere("fish"))("fish", () => {
  test.each(cases)("%j: %j", (line, words) => {
    expect(proposedByFish("fish", line).toSorted()).toEqual(words);
  });
});

describe.skipIf(!isThere("zsh"))("zsh", () => {
  test.each(cases)("%j: %j", (line, words) => {
    expect(proposedByZsh("zsh", line).toSorted()).toEqual(words);
  });
});
