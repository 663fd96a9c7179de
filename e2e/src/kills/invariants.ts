import { downloadState, listStateVersions } from "@plumbline/contract";
import type { KillWorld } from "./kill-world.ts";
import { components } from "./records.ts";

/** What was acknowledged so far, so that it can be missed later. */
export interface Witness {
  /** Notes every state version that the API shows now. */
  look(): Promise<void>;
  /** What does not hold of what must hold after any kill; empty when all is well. */
  violations(): Promise<string[]>;
}

interface LabActivity {
  action: "create" | "update" | "delete";
  name: string;
  changes: { attribute: string; to: unknown }[];
}

/** Begins to remember. */
export function witnessOf(world: KillWorld): Witness {
  const seen = new Map<string, string>();
  const versions = async (workspace: string) =>
    (await world.as("platform").call(listStateVersions, { params: { workspace }, query: { limit: 200 } })).items;
  return {
    async look() {
      for (const component of components)
        for (const { version, sha256 } of await versions(`${component}/dev`))
          seen.set(`${component}/dev version ${version}`, sha256);
    },
    async violations() {
      const wrong: string[] = [];
      const now = new Map<string, string>();
      for (const component of components) {
        const workspace = `${component}/dev`;
        const items = await versions(workspace);
        for (const { version, sha256 } of items) now.set(`${workspace} version ${version}`, sha256);
        wrong.push(...holes(workspace, items));
        wrong.push(...(await againstCloud(world, workspace, component)));
      }
      for (const [name, sha256] of seen) if (now.get(name) !== sha256) wrong.push(`${name} was seen and is gone`);
      return [...wrong, ...twice(await activity(world))];
    },
  };
}

/** Versions count without holes, and their serials rise. */
function holes(workspace: string, items: readonly { version: number; serial: number }[]): string[] {
  const sorted = items.toSorted((one, other) => one.version - other.version);
  return sorted.flatMap(({ version, serial }, index) => {
    const before = sorted[index - 1];
    const fits = version === index + 1 && (before === undefined || serial > before.serial);
    return fits ? [] : [`${workspace}: version ${version} with serial ${serial} stands at place ${index + 1}`];
  });
}

/** Every record of the cloud is in the newest state and the other way round. */
async function againstCloud(world: KillWorld, workspace: string, component: string): Promise<string[]> {
  const path = downloadState.path.replace(":workspace", encodeURIComponent(workspace));
  const state = JSON.parse(await world.as("platform").text(path)) as {
    resources: { instances: { attributes: { id: string; name: string } }[] }[];
  };
  const known = state.resources.flatMap(({ instances }) => instances.map(({ attributes }) => attributes.id));
  const cloud = (await world.lab.list("dev", "dns_record")).filter(({ name }) =>
    String(name).startsWith(`${component}-`),
  );
  return [
    ...cloud.filter(({ id }) => !known.includes(String(id))).map(({ name }) => `${String(name)} is in no state`),
    ...known.filter((id) => !cloud.some((one) => one["id"] === id)).map((id) => `${id} is in the state only`),
  ];
}

/** Nothing was made twice, nor changed twice to the same value: every value is asked for by one pull request only. */
function twice(items: readonly LabActivity[]): string[] {
  const effects = items.flatMap(({ action, name, changes }) => {
    if (action === "create") return [`${name} created`];
    return changes.filter(({ attribute }) => attribute === "value").map(({ to }) => `${name} changed to ${String(to)}`);
  });
  return [...new Set(effects.filter((effect, index) => effects.indexOf(effect) !== index))].map(
    (effect) => `${effect} more than once`,
  );
}

async function activity(world: KillWorld): Promise<LabActivity[]> {
  const admin = world.lab.keys.find(({ rights }) => rights === "admin");
  const response = await fetch(`${world.lab.url}/api/v1/activity?limit=1000`, {
    headers: { authorization: `Bearer ${admin?.token ?? ""}`, "lab-account": "dev" },
  });
  const { items } = (await response.json()) as { items: LabActivity[] };
  return items;
}
