import type { Patch as FullPatch } from "@plumbline/contract/findings";
import type { Rule } from "../rule.ts";
import { traceToCause } from "../sources/follow.ts";
import type { Following } from "../sources/follow.ts";
import type { Located } from "../sources/locate.ts";
import type { Expression } from "../sources/syntax-tree.ts";
import { parsePath } from "../vocabulary/path.ts";
import { addAttribute, addBlock, removeAttribute, replaceValue } from "./patch.ts";
import type { Patch } from "./patch.ts";
import { repairOf } from "./repair.ts";
import type { Repair } from "./repair.ts";
import { usesOf } from "./uses.ts";

/** Turns findings into patches of the sources; what rules say is worked out once. */
export class Patches {
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #following: Following;
  readonly #repairs = new Map<string, Repair | undefined>();

  constructor(rules: readonly Rule[], following: Following) {
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.#following = following;
  }

  /** What mends a finding of this rule at this attribute; undefined where nobody can tell without knowing the team. */
  of(ruleId: string, attribute: string, located: Located): FullPatch | undefined {
    const patch = this.#make(ruleId, attribute, located);
    const lines = patch && this.#following.index.files.get(patch.file)?.lines;
    return lines && { ...patch, before: lines.slice(patch.startLine - 1, patch.endLine) };
  }

  #make(ruleId: string, attribute: string, located: Located): Patch | undefined {
    const resource = located.blocks.at(-1);
    if (resource?.type !== "resource") return undefined;
    const repair = this.#repair(ruleId, resource.labels[0] ?? "", attribute);
    if (!repair || located.place.file.endsWith(".json")) return undefined;
    if (located.expression) return this.#change(located, located.expression, repair, parsePath(attribute).at(-1));
    const file = this.#following.index.files.get(located.place.file);
    const [inner] = located.blocks;
    if (!file || !inner || repair.kind === "remove") return undefined;
    const missing = repair.path.slice(located.blocks.length - 1);
    const [name, nested] = missing;
    if (name === undefined || missing.length > 2) return undefined;
    if (nested === undefined) return addAttribute(file, inner, name, repair.value);
    return repair.block ? addBlock(file, inner, name, repair.block) : undefined;
  }

  /** The value is there: written out, or where variables and locals lead straight to one that is used for nothing else. */
  #change(located: Located, expression: Expression, repair: Repair, name: unknown): Patch | undefined {
    if (located.rest.length > 0) return undefined;
    if (repair.kind === "remove") {
      const attribute = typeof name === "string" ? located.blocks[0]?.attributes.get(name) : undefined;
      const file = this.#following.index.files.get(located.place.file);
      return attribute && file ? removeAttribute(file, attribute) : undefined;
    }
    const { value } = repair;
    if (expression.kind === "literal") return this.#replace(expression, value);
    const { end, hops } = traceToCause(this.#following, located);
    if (end?.kind !== "literal" || hops.length === 0) return undefined;
    if (end.value !== null && typeof end.value !== typeof value && typeof end.value !== "string") return undefined;
    const isOwn = hops.every((hop) => usesOf(this.#following.index, hop) === 1);
    return isOwn ? this.#replace(end, value) : undefined;
  }

  #replace(expression: Expression, value: boolean | number | string): Patch | undefined {
    const file = this.#following.index.files.get(expression.place.file);
    return file && !file.path.endsWith(".json") ? replaceValue(file, expression, value) : undefined;
  }

  #repair(ruleId: string, type: string, attribute: string): Repair | undefined {
    const key = `${ruleId} ${type} ${attribute.replaceAll(/\[\d+\]/g, "")}`;
    if (this.#repairs.has(key)) return this.#repairs.get(key);
    const rule = this.#rules.get(ruleId);
    const repair = rule && repairOf(rule, type, attribute);
    this.#repairs.set(key, repair);
    return repair;
  }
}
