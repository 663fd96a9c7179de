import type { Rule } from "../rule.ts";
import { parseSource } from "../sources/parse-source.ts";
import type { Block } from "../sources/syntax-tree.ts";
import type { AddedBlock, Scalar } from "./change.ts";

/** The one value in which a rule's good example differs from its bad one. */
export interface ExampleChange {
  path: readonly string[];
  value: Scalar;
  /** Where the bad example lacks the whole nested block: all that the good one writes into it. */
  block?: AddedBlock;
}

/** What is right for everybody: words of a fixed vocabulary. Names, addresses and versions of software are not. */
const ownNames =
  /(?:^|_)(?:name|names|namespace|authentication|id|ids|arn|key|bucket|email|address|cidr|subnet|role|user|principal|password|secret|token|prefix|suffix|url|uri|endpoint|path|version|image|ami|description|policy|region|zone|location|port|port_range|engine|runtime|capacity|size|type|family|sku)(?:$|_)/;
const protocols = /tls|ssl|protocol|http_tokens/;

/** Undefined where they differ in more, or in what only the team can know. */
export function changeOfExamples({ examples }: Rule, resourceType: string): ExampleChange | undefined {
  const [bad, good] = [examples.bad, examples.good].map((text) => resourceIn(text, resourceType));
  if (!bad || !good) return undefined;
  if (outside(examples.bad, resourceType) !== outside(examples.good, resourceType)) return undefined;
  const [before, after] = [scalarsOf(bad), scalarsOf(good)];
  if (!before || !after) return undefined;
  if ([...before.keys()].some((path) => !after.has(path))) return undefined;
  const changed = [...after].filter(([path, value]) => before.get(path) !== value);
  const [first] = changed;
  if (!first) return undefined;
  const path = first[0].split(".");
  const parent = path.slice(0, -1).join(".");
  const isNewBlock = parent !== "" && !blockPaths(bad).has(parent);
  const inOne = changed.every(([other]) => other.slice(0, other.lastIndexOf(".")) === parent);
  if (changed.length > 1 && !(isNewBlock && inOne)) return undefined;
  if (!changed.every(([name, value]) => isCertain(name, value))) return undefined;
  const block = Object.fromEntries(changed.map(([name, value]) => [name.slice(parent.length + 1), value]));
  return { path, value: first[1], ...(isNewBlock ? { block } : {}) };
}

function resourceIn(text: string, type: string): Block | undefined {
  const found = parseSource("example.tf", text).blocks.filter(
    (block) => block.type === "resource" && block.labels[0] === type,
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Everything but the resource itself. */
function outside(text: string, type: string): string {
  const block = resourceIn(text, type);
  return block ? `${text.slice(0, block.start)}…${text.slice(block.end)}`.trim() : text;
}

/** Path → value of everything written out; undefined where it holds anything but scalars that differ by more than that. */
function scalarsOf(block: Block, base = ""): Map<string, Scalar> | undefined {
  const found = new Map<string, Scalar>();
  for (const { name, value } of block.attributes.values()) {
    if (value.kind === "literal" && value.value !== null && typeof value.value !== "object")
      found.set(`${base}${name}`, value.value);
    // Whatever it is, it must be the same in both.
    else
      found.set(
        `${base}${name}`,
        `\u0000${JSON.stringify(value, (key, inner: unknown) => (/^(?:place|start|end)$/.test(key) ? undefined : inner))}`,
      );
  }
  const types = block.blocks.map(({ type }) => type);
  for (const nested of block.blocks) {
    const own =
      types.filter((type) => type === nested.type).length > 1
        ? `${nested.type}[${block.blocks.indexOf(nested)}]`
        : nested.type;
    const inner = scalarsOf(nested, `${base}${own}.`);
    if (!inner) return undefined;
    for (const [path, value] of inner) found.set(path, value);
  }
  return found;
}

function blockPaths(block: Block, base = ""): Set<string> {
  return new Set(
    block.blocks.flatMap((nested) => [`${base}${nested.type}`, ...blockPaths(nested, `${base}${nested.type}.`)]),
  );
}

function isCertain(path: string, value: Scalar): boolean {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (path.includes("[")) return false;
  if (typeof value === "boolean") return true;
  if (protocols.test(name)) return !String(value).startsWith("\u0000");
  if (ownNames.test(name)) return false;
  return typeof value === "number" || /^[A-Za-z][A-Za-z0-9_-]{0,40}$/.test(value);
}
