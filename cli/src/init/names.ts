import { environmentRank } from "./environment-names.ts";

/** What stands in a path of plumbline.yaml for the environment's name. */
export const placeholder = "{environment}";

/** A name as plumbline.yaml wants it: `1-org` gives `org`, `Data_Base.v2` gives `data_base-v2`. */
export function simpleName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .replace(/-+$/, "")
    .slice(0, 63);
  return name === "" ? "main" : name;
}

/** Words of a path that say nothing about what lies in it. */
const words =
  "envs?|environments?|clients?|customers?|tenants?|live|deployments?|deploys?|terraform|terragrunt|tofu|tf|infra|infrastructure|iac|stacks?|components?|roots?|projects?|accounts?|workspaces?|src";
const bareContainer = new RegExp(`^(?:${words})$`, "i");
const container = new RegExp(`^(?:.*[-_])?(?:${words})(?:[-_]v?\\d+)?$`, "i");

/**
 * A name for each path, as short as it can be and still its own: its last telling word, else more of them, else a number
 * at the end.
 */
export function namePaths(paths: readonly string[]): Map<string, string> {
  const telling = new Map(paths.map((path) => [path, tellingWords(path)]));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const longest = Math.max(1, ...[...telling.values()].map((list) => list.length));
  for (let count = 1; count <= longest; count++) {
    const open = paths.filter((path) => !names.has(path));
    const proposed = Map.groupBy(open, (path) => simpleName((telling.get(path) ?? []).slice(-count).join("-")));
    for (const [name, same] of proposed)
      if (same.length === 1 && !taken.has(name)) {
        names.set(same[0] ?? "", name);
        taken.add(name);
      }
  }
  for (const path of paths) {
    if (names.has(path)) continue;
    const base = simpleName((telling.get(path) ?? []).join("-")).slice(0, 58);
    let number = 2;
    while (taken.has(`${base}-${number}`)) number++;
    const name = taken.has(base) ? `${base}-${number}` : base;
    names.set(path, name);
    taken.add(name);
  }
  return names;
}

function tellingWords(path: string): string[] {
  const all = path
    .split("/")
    .filter((word) => word !== "." && !/^\{[a-z]+\}$/.test(word) && environmentRank(word) === undefined);
  const telling = all.filter((word) => !container.test(word));
  if (telling.length > 0) return telling;
  const last = all.findLast((word) => !bareContainer.test(word));
  return last === undefined ? ["main"] : [last];
}
