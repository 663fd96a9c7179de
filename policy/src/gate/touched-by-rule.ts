import type { Finding } from "@plumbline/contract/findings";
import { resourcesOfPlan } from "../resources/from-plan.ts";
import type { Resource } from "../resources/resource.ts";
import { rulesFor } from "../rules/load-rules.ts";
import { attributesNamed } from "../schemas/names.ts";
import type { Condition } from "../vocabulary/condition.ts";
import { World } from "../vocabulary/world.ts";
import { changesAttribute } from "./touched.ts";
import type { PlannedChange } from "./touched.ts";

/**
 * Tells whether a plan touches anything that a rule has looked at for a finding: another attribute of the resource than
 * the one that the finding names, such as the port beside the network, or a resource that is joined with it, such as the
 * access list of a bucket. Throws `policy_unjudged` where the JSON is that of no plan.
 */
export async function touchedByRule(
  planJson: unknown,
  changes: ReadonlyMap<string, PlannedChange>,
): Promise<(finding: Pick<Finding, "rule" | "address">) => boolean> {
  const resources = resourcesOfPlan(planJson);
  const rules = await rulesFor(resources.map(({ type }) => type));
  const world = new World(resources);
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return ({ rule: id, address = "" }) => {
    const rule = byId.get(id);
    const resource = byAddress.get(address);
    if (rule === undefined || resource === undefined) return false;
    const read = Map.groupBy(attributesNamed(rule), ({ type }) => type);
    return [resource, ...joinedBy(rule.failsWhen, resource, world)].some((one) => {
      const planned = changes.get(one.address);
      const paths = (read.get(one.type) ?? []).flatMap((named) => named.paths);
      return planned !== undefined && paths.some((path) => changesAttribute(planned, path));
    });
  };
}

/** Resources that a condition has looked at besides the one it is about, as far as they are known for certain. */
function joinedBy(condition: Condition, resource: Resource, world: World): Resource[] {
  switch (condition.op) {
    case "all":
    case "any":
      return condition.of.flatMap((inner) => joinedBy(inner, resource, world));
    case "not":
      return joinedBy(condition.of, resource, world);
    case "some":
      return joinedBy(condition.where, resource, world);
    case "connected":
    case "refersTo": {
      const { type, by, where } = condition;
      const { certain } =
        condition.op === "connected"
          ? world.joins.connected(resource, type, by)
          : world.joins.referred(resource, type, by);
      return certain.flatMap((one) => [one, ...joinedBy(where, one, world)]);
    }
    default:
      return [];
  }
}
