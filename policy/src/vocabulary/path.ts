/** One step of an attribute path: a name, or the position in a list. */
export type Step = string | number;

/** Reads `ingress[0].cidr_blocks`, `metadata_options.http_tokens` or `tags["cost centre"]` into its steps. */
export function parsePath(path: string): Step[] {
  // Nearly all of them are names with dots between.
  if (!path.includes("[")) return path.split(".").filter((name) => name !== "");
  const steps: Step[] = [];
  for (const [, name, position, quoted] of path.matchAll(/([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g)) {
    if (position !== undefined) steps.push(Number(position));
    else steps.push(name ?? quoted?.replaceAll(/\\(.)/g, "$1") ?? "");
  }
  return steps;
}

/** Writes steps the way Terraform shows them: `ingress[0].cidr_blocks`. */
export function formatPath(steps: readonly Step[]): string {
  let path = "";
  for (const step of steps) {
    if (typeof step === "number") path += `[${step}]`;
    else if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)) path += path === "" ? step : `.${step}`;
    else path += `[${JSON.stringify(step)}]`;
  }
  return path;
}
