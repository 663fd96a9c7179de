import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findEngine, findProviderMirror } from "../world/tools.ts";
import { root } from "../world/world.ts";
import type { Lane } from "../world/lane.ts";
import { installMoto } from "./moto.ts";

const run = promisify(execFile);

/** What the AWS lane needs: an engine, the real provider, an emulator. */
export interface AwsTools {
  engine: { name: "terraform" | "tofu"; path: string };
  /** A filesystem mirror that holds hashicorp/aws. */
  mirror: string;
  /** The virtual environment with moto. */
  moto: string;
}

const registries = { terraform: "registry.terraform.io", tofu: "registry.opentofu.org" };

/** Where the example's component with its provider requirement lies. */
export const exampleFolder = join(root, "examples/shop-infrastructure-aws");

/** Finds the tools, or says which one is missing. */
export async function findAwsTools(): Promise<Lane<AwsTools>> {
  const engine = findEngine();
  if (engine === undefined) return { missing: "Neither terraform nor tofu is on PATH." };
  const provider = `${registries[engine.name]}/hashicorp/aws`;
  try {
    const mirror = findProviderMirror(provider) ?? (await mirrorFromRegistry(engine.path, provider));
    return { tools: { engine, mirror, moto: await installMoto() } };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/** Downloads the provider from its public registry into a mirror of its own, once. */
async function mirrorFromRegistry(engine: string, provider: string): Promise<string> {
  const mirror = join(root, ".cache/provider-mirror");
  if (existsSync(join(mirror, provider))) return mirror;
  const draft = `${mirror}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    await run(engine, [`-chdir=${join(exampleFolder, "components/database")}`, "providers", "mirror", draft], {
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
      timeout: 600_000,
    });
  } catch (cause) {
    throw new Error(
      `${provider} is in no filesystem mirror (PLUMBLINE_PROVIDER_MIRROR names one), and the public registry did not give it either.`,
      { cause },
    );
  }
  await rm(mirror, { recursive: true, force: true });
  await rename(draft, mirror);
  return mirror;
}

/** Writes a component's lock file with the hashes of what the mirror holds. */
export async function writeLockFile(tools: AwsTools, component: string): Promise<void> {
  await run(tools.engine.path, [`-chdir=${component}`, "providers", "lock", `-fs-mirror=${tools.mirror}`], {
    env: { PATH: process.env["PATH"] ?? "", HOME: component, CHECKPOINT_DISABLE: "1" },
  });
}
