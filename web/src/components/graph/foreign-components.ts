import type { AnswerOf } from "../../api/endpoints.ts";
import type { GraphComponent } from "./graph-layout.ts";

type Repository = AnswerOf<"listRepositories">["items"][number];

/** A component of another repository beside those of this one. */
export interface ForeignComponent {
  repository: string;
  component: string;
  /** Where it exists. */
  environments: readonly string[];
}

/** What the graph draws of a repository: its own components, and those of others that it has to do with. */
export interface GraphParts {
  components: GraphComponent[];
  layers: string[];
  /** By the name of their node, `backbone:network`. */
  foreign: Map<string, ForeignComponent>;
}

/** Bands of what stands in other repositories. No layer is called so: its name has no blanks. */
const before = "Other repositories, taken from";
const after = "Other repositories, they take";

/**
 * The repository's components in their layers; before them the components of other repositories whose outputs they take,
 * after them those that take theirs. Of other repositories only what stands in `all` is known.
 */
export function graphParts(repository: Repository, all: readonly Repository[]): GraphParts {
  const foreign = new Map<string, ForeignComponent>();
  const note = (name: string) => {
    const [owner = "", component = ""] = name.split(":");
    const found = all.find((one) => one.name === owner)?.components.find((one) => one.name === component)?.environments;
    foreign.set(name, { repository: owner, component, environments: found ?? [] });
  };
  const own = repository.components.map(({ name, layer, dependsOn, inputs }) => {
    const taken = inputs.map(({ from }) => sourceOf(from)).filter((from) => from.includes(":"));
    taken.forEach(note);
    return { name, layer, dependsOn: [...new Set([...dependsOn, ...taken])] };
  });
  const sources = [...foreign.keys()].map((name) => ({ name, layer: before, dependsOn: [] }));
  const takers = all
    .filter(({ name }) => name !== repository.name)
    .flatMap((other) =>
      other.components.flatMap(({ name, inputs }) => {
        const prefix = `${repository.name}:`;
        const taken = inputs
          .map(({ from }) => sourceOf(from))
          .filter((from) => from.startsWith(prefix))
          .map((from) => from.slice(prefix.length));
        const node = `${other.name}:${name}`;
        if (taken.length === 0 || foreign.has(node)) return [];
        note(node);
        return [{ name: node, layer: after, dependsOn: [...new Set(taken)] }];
      }),
    );
  return {
    components: [...sources, ...own, ...takers],
    layers: [before, ...repository.layers, after],
    foreign,
  };
}

/** `backbone:network` of `backbone:network.vpc_id`. */
export function sourceOf(from: string): string {
  return from.slice(0, from.lastIndexOf("."));
}
