import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRepository } from "@plumbline/contract";
import { applied, approve, merge, plansOf, pushForReview } from "../../e2e/src/world/acts.ts";
import type { Clone } from "../../e2e/src/world/git.ts";
import { startLabWorld } from "../../e2e/src/world/lab-world.ts";
import type { LabWorld } from "../../e2e/src/world/lab-world.ts";
import { findEngine } from "../../e2e/src/world/tools.ts";
import { tinyComponent, tinyValues } from "./tiny-code.ts";

/** A whole Plumbline with a repository of tiny components in one environment, all of them applied. */
export interface TinyWorld {
  readonly lab: LabWorld;
  readonly engine: { name: "terraform" | "tofu"; path: string };
  readonly components: readonly string[];
  /** A working copy of dev's. */
  clone(): Promise<Clone>;
  /** Stops everything and removes its folder. */
  stop(): Promise<void>;
}

const repository = "tiny";

/** Starts it in a temporary folder and rolls out `count` components. */
export async function startTinyWorld(count: number, say: (text: string) => void): Promise<TinyWorld> {
  const engine = findEngine();
  if (engine === undefined) throw new Error("neither terraform nor tofu is on PATH");
  const folder = mkdtempSync(join(tmpdir(), "plumb-"));
  say("starting PostgreSQL, server, lab cloud and runner");
  const lab = await startLabWorld({ folder, engine });
  const stop = async () => {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  // What was started has process groups of its own: Ctrl-C in the terminal reaches only this program.
  const interrupted = () => void stop().then(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  const components = Array.from({ length: count }, (_, index) => `c${String(index).padStart(2, "0")}`);
  try {
    say(`rolling out ${count} workspaces of one resource`);
    await lab.as("platform").call(createRepository, { body: { name: repository } });
    const rules = await lab.clone("platform", repository);
    rules.write("plumbline.yaml", plumblineYaml([], engine.name));
    rules.write("CODEOWNERS", "* @owner\n");
    rules.write("environments/dev/environment.yaml", "approvals: 1\ncredentials: dev\ndrift: { every: 24h }\n");
    await rules.commit("Set the rules");
    await rules.must("push", "origin", "HEAD:refs/heads/main");
    const clone = await lab.clone("dev", repository);
    clone.write("plumbline.yaml", plumblineYaml(components, engine.name));
    for (const name of components) {
      for (const [file, text] of Object.entries(tinyComponent(lab.lockFile)))
        clone.write(`components/${name}/${file}`, text);
      clone.write(valuesFile(name), tinyValues(name, "first"));
    }
    await clone.commit("Roll out");
    const number = await pushForReview(clone);
    const owner = lab.as("owner");
    await plansOf(owner, number);
    await approve(owner, number);
    await merge(owner, number);
    await applied(owner, number, [owner]);
    return { lab, engine, components, clone: () => lab.clone("dev", repository), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where a component's values lie in the repository. */
export function valuesFile(component: string): string {
  return `environments/dev/${component}.tfvars`;
}

function plumblineYaml(components: readonly string[], engine: string): string {
  const entries = components.map((name) => `  ${name}: { path: components/${name}, layer: platform }\n`).join("");
  return `version: 1
layers: [platform]
components:${entries === "" ? " {}\n" : `\n${entries}`}environments: [dev]
engine: { name: ${engine}, version: ">= 1.6" }
`;
}
