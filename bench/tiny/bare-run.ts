import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ControlGroup } from "../cpu/control-groups.ts";
import { tinyComponent, tinyValues } from "./tiny-code.ts";
import type { TinyWorld } from "./tiny-world.ts";

const run = promisify(execFile);

/** The bare CLI doing what a full run does to a tiny workspace, in a folder of its own. */
export interface BareWorkspace {
  /** init, plan, show -json, apply of the saved plan. */
  fullRun(note: string): Promise<void>;
}

/** Sets a workspace up, applied once. What it runs is put into the control group, where there is one. */
export async function bareWorkspace(
  tiny: TinyWorld,
  name: string,
  group: ControlGroup | undefined,
): Promise<BareWorkspace> {
  const { lab, engine } = tiny;
  const folder = join(lab.world.folder, "bare", name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(tinyComponent(lab.lockFile))) writeFileSync(join(folder, file), text);
  const cliConfig = join(folder, "cli.tfrc");
  writeFileSync(cliConfig, `provider_installation {\n  filesystem_mirror {\n    path = "${lab.mirror}"\n  }\n}\n`);
  const key = lab.lab.keys.find(({ rights, accounts }) => rights === "write" && accounts.includes("dev"));
  if (key === undefined) throw new Error("the lab cloud has no writing key for dev");
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    TF_CLI_CONFIG_FILE: cliConfig,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    LAB_ENDPOINT: lab.lab.url,
    LAB_ACCOUNT: "dev",
    LAB_TOKEN: key.token,
  };
  const cli = async (...args: string[]) => {
    // The shell joins the group and becomes the engine, so that not even its start is lost.
    const command =
      group === undefined
        ? ["-c", 'exec "$@"', "sh"]
        : ["-c", 'echo $$ > "$0" && exec "$@"', join(group.folder, "cgroup.procs")];
    await run("/bin/sh", [...command, engine.path, ...args], { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 });
  };
  const workspace: BareWorkspace = {
    async fullRun(note) {
      rmSync(join(folder, ".terraform"), { recursive: true, force: true });
      writeFileSync(join(folder, "values.tfvars"), tinyValues(`bare-${name}`, note));
      await cli("init", "-input=false", "-no-color");
      await cli("plan", "-input=false", "-no-color", "-var-file=values.tfvars", "-out=plan");
      await cli("show", "-json", "plan");
      await cli("apply", "-input=false", "-no-color", "plan");
    },
  };
  await workspace.fullRun("first");
  return workspace;
}
