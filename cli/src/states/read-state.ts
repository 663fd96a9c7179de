/** What a state holds, without values. `resources` are addresses of instances; `outputs` are names. */
export interface StateSummary {
  serial: number;
  lineage: string;
  terraformVersion: string;
  resources: string[];
  outputs: string[];
}

/** Reads a state file of format version 4; undefined where it is none. */
export function readState(text: string): StateSummary | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || value["version"] !== 4) return undefined;
  const { serial, lineage, terraform_version: terraformVersion, resources, outputs } = value;
  return {
    serial: typeof serial === "number" ? serial : 0,
    lineage: typeof lineage === "string" ? lineage : "",
    terraformVersion: typeof terraformVersion === "string" ? terraformVersion : "",
    resources: Array.isArray(resources) ? resources.flatMap(addressesOf) : [],
    outputs: isObject(outputs) ? Object.keys(outputs) : [],
  };
}

function addressesOf(resource: unknown): string[] {
  if (!isObject(resource) || !Array.isArray(resource["instances"])) return [];
  const { module, mode, type, name, instances } = resource;
  const base = [
    ...(typeof module === "string" ? [module] : []),
    ...(mode === "data" ? ["data"] : []),
    String(type),
    String(name),
  ].join(".");
  return instances.flatMap((instance: unknown) => {
    if (!isObject(instance)) return [];
    const key = instance["index_key"];
    const deposed = typeof instance["deposed"] === "string" ? ` (deposed ${instance["deposed"]})` : "";
    return [`${base}${key === undefined ? "" : `[${JSON.stringify(key)}]`}${deposed}`];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
