import type { GraphComponent } from "../graph/graph-layout.ts";
import type { StateResource } from "./resource-groups.ts";

/** A resource of the code with its instances in a state. */
export interface ResourceNode extends GraphComponent {
  type: string;
  addresses: string[];
}

/** The layer that every resource is in: their columns come from what they need alone. */
export const oneLayer = "";

/**
 * Resources as the code names them, in an order in which each comes after what it was made from. A state's record of
 * dependencies names indirect ones too; those that another dependency brings along are left out, so that lines can be read.
 */
export function resourcesInOrder(resources: readonly StateResource[]): ResourceNode[] {
  const nodes = new Map<string, ResourceNode & { dependsOn: string[] }>();
  for (const { resource, type, address, dependsOn } of resources) {
    const node = nodes.get(resource) ?? { name: resource, layer: oneLayer, type, addresses: [], dependsOn: [] };
    node.addresses.push(address);
    node.dependsOn = [...new Set([...node.dependsOn, ...dependsOn])];
    nodes.set(resource, node);
  }
  for (const node of nodes.values())
    node.dependsOn = node.dependsOn.filter((other) => other !== node.name && nodes.has(other));
  const ordered: ResourceNode[] = [];
  const seen = new Set<string>();
  const visit = (node: ResourceNode) => {
    if (seen.has(node.name)) return;
    seen.add(node.name);
    for (const other of node.dependsOn) {
      const needed = nodes.get(other);
      if (needed !== undefined) visit(needed);
    }
    ordered.push(node);
  };
  for (const node of nodes.values()) visit(node);
  return ordered.map((node) => ({ ...node, dependsOn: direct(node, nodes) }));
}

function direct(node: ResourceNode, nodes: ReadonlyMap<string, ResourceNode>): string[] {
  const broughtAlong = new Set(node.dependsOn.flatMap((other) => nodes.get(other)?.dependsOn ?? []));
  return node.dependsOn.filter((other) => !broughtAlong.has(other));
}
