import { randomFrom } from "../random.ts";
import type { Random } from "../random.ts";
import { awsGroup } from "./aws-group.ts";
import { otherGroup } from "./other-groups.ts";
import type { Planned } from "./planned.ts";

/** A provider shows every attribute of its schema, most of them null. */
const unset = Object.fromEntries(Array.from({ length: 30 }, (_, position) => [`optional_setting_${position}`, null]));

/** A plan as `terraform show -json` prints it, with resources of four providers, of which most are joined with others. */
export function largePlan(count: number, seed: number): { plan: object; resources: number } {
  const random = randomFrom(seed);
  const changes: object[] = [];
  const planned: object[] = [];
  const expressions = new Map<string, object>();
  for (let group = 0; changes.length < count; group++)
    for (const resource of groupOf(group, random).slice(0, count - changes.length)) {
      const { type, name, unknown = {}, references = {} } = resource;
      const values = { ...unset, ...resource.values };
      const entry = {
        address: `module.area[${group}].${type}.${name}`,
        module_address: `module.area[${group}]`,
        mode: "managed",
        type,
        name,
        provider_name: `registry.terraform.io/hashicorp/${type.split("_", 1)[0]}`,
      };
      const isNew = random.below(3) === 0;
      changes.push({
        ...entry,
        change: {
          actions: [isNew ? "create" : "no-op"],
          before: isNew ? null : values,
          after: values,
          after_unknown: isNew ? unknown : {},
          before_sensitive: isNew ? false : {},
          after_sensitive: {},
        },
      });
      planned.push({ ...entry, values, sensitive_values: {} });
      expressions.set(`${type}.${name}`, {
        ...entry,
        address: `${type}.${name}`,
        expressions: expressionsOf(resource.values, references),
      });
    }
  const module = { resources: [...expressions.values()] };
  return {
    resources: changes.length,
    plan: {
      format_version: "1.2",
      terraform_version: "1.11.4",
      variables: { region: { value: "eu-central-1" } },
      prior_state: { format_version: "1.0", values: { root_module: { child_modules: [{ resources: planned }] } } },
      planned_values: { root_module: { child_modules: [{ address: "module.area", resources: planned }] } },
      resource_changes: changes,
      configuration: {
        provider_config: { aws: { name: "aws", expressions: { region: { references: ["var.region"] } } } },
        root_module: { module_calls: { area: { source: "./area", module } } },
      },
    },
  };
}

function groupOf(group: number, random: Random): Planned[] {
  return [...awsGroup(group, random), ...otherGroup(group, random)];
}

function expressionsOf(values: Record<string, unknown>, references: Record<string, string[]>): Record<string, object> {
  const written = Object.entries(values).map(([name, value]) => [name, { constant_value: value }] as const);
  const followed = Object.entries(references).map(([name, names]) => [name, { references: names }] as const);
  return Object.fromEntries([...written, ...followed]);
}
