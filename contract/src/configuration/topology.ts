/** Something in a graph: its name, and the names of what it depends on. */
export interface GraphNode {
  name: string;
  dependsOn: readonly string[];
}

/**
 * Sorts so that each stands after all it depends on and otherwise in the given order. Names that are not in the list
 * are ignored. Where there is a cycle, `cycle` names it once, first name repeated at the end, and the members of cycles
 * stand at the end of `sorted` in the given order.
 */
export function sortByDependency<Node extends GraphNode>(nodes: readonly Node[]): { sorted: Node[]; cycle?: string[] } {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const sorted: Node[] = [];
  const done = new Set<string>();
  // Rounds over an explicit stack: a chain of thousands must not exhaust the call stack.
  const open = new Set<string>();
  let cycle: string[] | undefined;
  for (const root of nodes) {
    if (done.has(root.name)) continue;
    const stack: { node: Node; next: number }[] = [{ node: root, next: 0 }];
    open.add(root.name);
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (top === undefined) break;
      const name = top.node.dependsOn[top.next++];
      if (name === undefined) {
        stack.pop();
        open.delete(top.node.name);
        done.add(top.node.name);
        sorted.push(top.node);
        continue;
      }
      const upstream = byName.get(name);
      if (upstream === undefined || done.has(name)) continue;
      if (open.has(name)) {
        const path = stack.map((entry) => entry.node.name);
        cycle ??= [...path.slice(path.indexOf(name)), name];
        continue;
      }
      open.add(name);
      stack.push({ node: upstream, next: 0 });
    }
  }
  return cycle === undefined ? { sorted } : { sorted, cycle };
}
