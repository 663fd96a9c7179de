import { type EngineName, hasJsonInit } from "./engine-name.ts";

/** `version -json`: reads the engine's version; touches neither state nor providers. */
export function versionArguments(): string[] {
  return ["version", "-json"];
}

/** What `version -json` prints, as far as it is read here. Throws a SyntaxError for anything else. */
export function readVersion(output: string): string {
  const parsed: unknown = JSON.parse(output);
  if (typeof parsed === "object" && parsed !== null && "terraform_version" in parsed) {
    // tofu keeps the key's name
    if (typeof parsed.terraform_version === "string") return parsed.terraform_version;
  }
  throw new SyntaxError("the engine's version output names no terraform_version");
}

/** What `init` needs to know. Where providers come from stands in the CLI configuration file, not here. */
export interface InitOptions {
  engine: EngineName;
  version: string;
}

/** `init`: never asks, never changes the lock file, never upgrades. */
export function initArguments(options: InitOptions): string[] {
  const json = hasJsonInit(options.engine, options.version) ? ["-json"] : [];
  return ["init", "-input=false", "-no-color", "-lockfile=readonly", ...json];
}

/** What `plan` needs to know. Paths are as the engine sees them. */
export interface PlanOptions {
  /** Where the plan is written. */
  out: string;
  /** Values files, in the order in which later ones win. */
  varFiles: readonly string[];
  /** Plan the destruction of everything in the state. */
  destroy?: boolean;
  /** Only bring the state up to date with reality. Excludes `destroy`. */
  refreshOnly?: boolean;
  /** False: trust the state, do not read the resources. Default true. */
  refresh?: boolean;
  /** Addresses to be replaced although nothing asks for it. */
  replace?: readonly string[];
}

/** `plan -json -out`: takes no lock, since it reads one numbered version of the state. */
export function planArguments(options: PlanOptions): string[] {
  return [
    "plan",
    "-input=false",
    "-no-color",
    "-json",
    "-lock=false",
    ...(options.destroy === true ? ["-destroy"] : []),
    ...(options.refreshOnly === true ? ["-refresh-only"] : []),
    ...(options.refresh === false ? ["-refresh=false"] : []),
    ...(options.replace ?? []).map((address) => `-replace=${address}`),
    ...options.varFiles.map((file) => `-var-file=${file}`),
    `-out=${options.out}`,
  ];
}

/** `show -json` of a saved plan: starts the providers once for their schemas, without configuring them. */
export function showPlanArguments(planFile: string): string[] {
  return ["show", "-no-color", "-json", planFile];
}

/** `apply -json` of a saved plan: takes the lock through the http backend. Values are in the plan. */
export function applyArguments(planFile: string): string[] {
  return ["apply", "-input=false", "-no-color", "-json", planFile];
}
