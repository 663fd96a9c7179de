import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { Condition, Match } from "./condition.ts";
import { Joins } from "./joins.ts";
import { parsePath } from "./path.ts";
import type { Step } from "./path.ts";

/** All resources that are judged together, with what was found out about them on the way. */
export class World {
  readonly joins: Joins;
  readonly #verdicts = new Map<Condition, Map<Resource, Match[]>>();
  readonly #matching = new Map<Condition, Map<readonly Resource[], Resource[]>>();

  readonly #steps = new Map<string, readonly Step[]>();
  readonly #documents = new Map<string, Json>();

  constructor(resources: readonly Resource[]) {
    this.joins = new Joins(resources);
  }

  /** The steps of a path; conditions ask for the same few again for every resource. */
  steps(path: string): readonly Step[] {
    const known = this.#steps.get(path) ?? parsePath(path);
    this.#steps.set(path, known);
    return known;
  }

  /** A text that is read as a document, such as YAML; once for all rules that ask. One text is always read the same way. */
  document(text: string, parse: (text: string) => Json): Json {
    const known = this.#documents.get(text);
    if (known !== undefined) return known;
    const document = parse(text);
    this.#documents.set(text, document);
    return document;
  }

  /** What a condition says about another resource as a whole; the same for everybody who asks. */
  remembered(condition: Condition, resource: Resource, judge: () => Match[]): Match[] {
    const verdicts = this.#verdicts.get(condition) ?? new Map<Resource, Match[]>();
    this.#verdicts.set(condition, verdicts);
    const known = verdicts.get(resource) ?? judge();
    verdicts.set(resource, known);
    return known;
  }

  /** Those of a group for which the condition holds or may hold: two at most, since one of them may be who asks. */
  matching(
    condition: Condition,
    group: readonly Resource[],
    judge: (resource: Resource) => readonly Match[],
  ): readonly Resource[] {
    const groups = this.#matching.get(condition) ?? new Map<readonly Resource[], Resource[]>();
    this.#matching.set(condition, groups);
    const known = groups.get(group);
    if (known) return known;
    const found: Resource[] = [];
    for (const resource of group) {
      if (judge(resource).length > 0) found.push(resource);
      if (found.length === 2) break;
    }
    groups.set(group, found);
    return found;
  }
}
