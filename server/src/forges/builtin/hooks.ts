import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The hooks only carry words between git and the server, which holds the other ends of descriptors 3 and 4 (inherited
 * from the process it started): no address, no secret, no program but the shell and cat, hence a millisecond each.
 *
 * pre-receive: sends the refs and push options, shows what it is told, ends as it is told. Options come last, so that
 * one with a line break in it can only look like further options.
 */
const preReceive = `#!/bin/sh
{
  printf 'quarantine %s\\n' "$GIT_QUARANTINE_PATH"
  while IFS= read -r line; do printf 'ref %s\\n' "$line"; done
  index=0
  while [ "$index" -lt "\${GIT_PUSH_OPTION_COUNT:-0}" ]; do
    eval "option=\\$GIT_PUSH_OPTION_$index"
    printf 'option %s\\n' "$option"
    index=$((index + 1))
  done
  printf 'end\\n'
} >&3
while IFS= read -r line <&3; do
  case "$line" in
    "say "*) printf '%s\\n' "\${line#say }" >&2 ;;
    accept) exit 0 ;;
    *) exit 1 ;;
  esac
done
exit 1
`;

/** proc-receive: git's own conversation on descriptor 3, words for whoever pushed on 4. */
const procReceive = `#!/bin/sh
cat <&4 >&2 &
cat <&3 &
cat >&3
wait
`;

/** Writes the hooks into a folder, for git's core.hooksPath. */
export async function installHooks(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries({ "pre-receive": preReceive, "proc-receive": procReceive })) {
    const target = join(folder, name);
    // By renaming, so that a push under way never runs half a hook.
    await writeFile(`${target}.new`, text, { mode: 0o700 });
    await chmod(`${target}.new`, 0o700);
    await rename(`${target}.new`, target);
  }
}
