/** The engines that speak Terraform's command line. */
export type EngineName = "terraform" | "tofu";

/** Where the two engines differ for whoever drives them. */
export interface EngineFacts {
  /** Name of the program. */
  program: string;
  /** Registry that a source address without a host belongs to. */
  defaultRegistry: string;
  /** First `major.minor` whose `init` knows `-json` (diagnostics with ranges). */
  jsonInitSince: readonly [number, number];
  /** Endings of configuration files, in the engine's order of preference. */
  configurationEndings: readonly string[];
}

const facts: Record<EngineName, EngineFacts> = {
  terraform: {
    program: "terraform",
    defaultRegistry: "registry.terraform.io",
    jsonInitSince: [1, 9],
    configurationEndings: [".tf", ".tf.json"],
  },
  tofu: {
    program: "tofu",
    defaultRegistry: "registry.opentofu.org",
    jsonInitSince: [1, 8],
    configurationEndings: [".tofu", ".tofu.json", ".tf", ".tf.json"],
  },
};

/** @returns what is particular to an engine. */
export function engineFacts(engine: EngineName): EngineFacts {
  return facts[engine];
}

/** Whether `init -json` works with this version (`1.11.4`, `1.12.0-dev`). */
export function hasJsonInit(engine: EngineName, version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [sinceMajor, sinceMinor] = facts[engine].jsonInitSince;
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
