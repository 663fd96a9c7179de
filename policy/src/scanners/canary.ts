import { isObject, objectAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { ScannerFinding } from "./scanner.ts";

/**
 * A resource that every scanner of Terraform complains about is put among what it looks at. Where no complaint about it
 * comes back the scanner has not understood its input, and its silence about the rest says nothing.
 */
const type = "aws_ebs_volume";
const name = "plumbline_canary";
const address = `${type}.${name}`;

/** Name of the file that holds it among sources. */
export const canaryFile = "plumbline_canary.tf";

export const canarySource = `resource "${type}" "${name}" {
  availability_zone = "eu-central-1a"
  size              = 1
  encrypted         = false
}
`;

/** A copy of the plan with the resource in it; nothing of the plan itself is changed. */
export function planWithCanary(plan: JsonObject): JsonObject {
  const values = { availability_zone: "eu-central-1a", size: 1, encrypted: false };
  const provider = "registry.terraform.io/hashicorp/aws";
  const entry: JsonObject = { address, mode: "managed", type, name, provider_name: provider };
  const planned = objectAt(plan, "planned_values");
  const configuration = objectAt(plan, "configuration");
  const change = { actions: ["create"], before: null, after: values, after_unknown: {} };
  const expressions = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { constant_value: value }]),
  );
  return {
    ...plan,
    resource_changes: [...listAt(plan, "resource_changes"), { ...entry, change }],
    planned_values: withResource(planned, { ...entry, schema_version: 0, values }),
    configuration: withResource(configuration, { ...entry, provider_config_key: "aws", expressions }),
  };
}

function withResource(part: JsonObject, resource: JsonObject): JsonObject {
  const root = objectAt(part, "root_module");
  return { ...part, root_module: { ...root, resources: [...listAt(root, "resources"), resource] } };
}

function listAt(object: JsonObject, key: string): Json[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The findings without those about it. Throws where there is none. */
export function withoutCanary(findings: readonly ScannerFinding[]): ScannerFinding[] {
  const isCanary = ({ addresses, place }: ScannerFinding): boolean =>
    addresses.includes(address) || place?.file === canaryFile;
  if (!findings.some(isCanary)) throw new Error("it did not find what it had to find, so it has not read its input");
  return findings.filter((finding) => !isCanary(finding));
}
