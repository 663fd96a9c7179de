/** A component as the graph needs it. */
export interface GraphComponent {
  name: string;
  layer: string;
  dependsOn: readonly string[];
}

/** Where a component stands: its column from the left, its row from the top. */
export interface GraphNode {
  name: string;
  layer: string;
  column: number;
  row: number;
}

export interface GraphLayout {
  nodes: GraphNode[];
  /** From what is needed to what needs it. */
  edges: { from: string; to: string }[];
  /** Columns of each layer, in order. A layer without components has none. */
  bands: { layer: string; from: number; to: number }[];
  columns: number;
  rows: number;
}

/** A column grows to so many components before the rest of them goes into the next one. */
const tallest = 14;

/**
 * Components from left to right: layers as bands, inside a layer what needs nothing of it first. Rows are ordered by
 * where the components stand that they need, so that few lines cross. `components` are in dependency order.
 */
export function layOut(components: readonly GraphComponent[], layers: readonly string[]): GraphLayout {
  const known = new Map(components.map((component) => [component.name, component]));
  const depth = new Map<string, number>();
  for (const { name, layer, dependsOn } of components) {
    const within = dependsOn.filter((other) => known.get(other)?.layer === layer).map((other) => depth.get(other) ?? 0);
    depth.set(name, within.length === 0 ? 0 : Math.max(...within) + 1);
  }
  const nodes: GraphNode[] = [];
  const rowOf = new Map<string, number>();
  const bands: GraphLayout["bands"] = [];
  let column = 0;
  for (const layer of layers) {
    const mine = components.filter((component) => component.layer === layer);
    if (mine.length === 0) continue;
    const from = column;
    const deepest = Math.max(...mine.map(({ name }) => depth.get(name) ?? 0));
    for (let step = 0; step <= deepest; step += 1) {
      const level = mine
        .filter(({ name }) => depth.get(name) === step)
        .map((component) => ({ ...component, pull: mean(component.dependsOn.map((other) => rowOf.get(other))) }))
        .toSorted((left, right) => left.pull - right.pull);
      const parts = Math.ceil(level.length / tallest);
      const height = Math.ceil(level.length / Math.max(1, parts));
      level.forEach(({ name }, index) => {
        const row = index % height;
        nodes.push({ name, layer, column: column + Math.floor(index / height), row });
        rowOf.set(name, row);
      });
      column += Math.max(1, parts);
    }
    bands.push({ layer, from, to: column - 1 });
  }
  const edges = components.flatMap(({ name, dependsOn }) =>
    dependsOn.filter((other) => rowOf.has(other) && rowOf.has(name)).map((other) => ({ from: other, to: name })),
  );
  return { nodes, edges, bands, columns: column, rows: Math.max(0, ...nodes.map(({ row }) => row + 1)) };
}

/** Everything that a component needs or that needs it, however far away, with itself. */
export function related(name: string, edges: readonly { from: string; to: string }[]): Set<string> {
  const found = new Set([name]);
  const follow = (start: string, next: (one: string) => string[]) => {
    const open = [start];
    for (let one = open.pop(); one !== undefined; one = open.pop())
      for (const other of next(one))
        if (!found.has(other)) {
          found.add(other);
          open.push(other);
        }
  };
  follow(name, (one) => edges.filter(({ to }) => to === one).map(({ from }) => from));
  const needed = new Set(found);
  follow(name, (one) => edges.filter(({ from, to }) => from === one && !needed.has(to)).map(({ to }) => to));
  return found;
}

/** The component that an arrow key leads to; undefined where there is none in that direction. */
export function neighbour({ nodes, edges }: GraphLayout, name: string, key: string): string | undefined {
  const here = nodes.find((node) => node.name === name);
  if (here === undefined) return undefined;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const step = key === "ArrowUp" ? -1 : 1;
    return nodes.find(({ column, row }) => column === here.column && row === here.row + step)?.name;
  }
  if (key === "ArrowLeft") return edges.find(({ to }) => to === name)?.from;
  if (key === "ArrowRight") return edges.find(({ from }) => from === name)?.to;
  return undefined;
}

function mean(numbers: readonly (number | undefined)[]): number {
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? Number.MAX_SAFE_INTEGER : known.reduce((sum, one) => sum + one, 0) / known.length;
}
