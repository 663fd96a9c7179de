import type { SourcePlace } from "@plumbline/contract/findings";
import { canonicalJson } from "@plumbline/contract/canonical-json";
import type { Json, JsonObject } from "../resources/json.ts";
import { isObject } from "../resources/json.ts";
import type { Step } from "../vocabulary/path.ts";
import { descend } from "./locate.ts";
import type { Located } from "./locate.ts";
import { enterModule } from "./source-index.ts";
import type { ModuleFrame, SourceIndex } from "./source-index.ts";
import { literalValue, walk } from "./syntax-tree.ts";
import type { Block, Expression } from "./syntax-tree.ts";

/** Longest chain that is followed; cyclic locals end here too. */
const longestChain = 24;

/** What chains are followed in. */
export interface Following {
  index: SourceIndex;
  /** Paths of tfvars files, the one that wins last. */
  variableFiles: readonly string[];
  /** The plan's `variables`: tells a default in use from one that a value from elsewhere replaced. */
  variables: JsonObject;
}

interface Stop {
  expression: Expression;
  frame: ModuleFrame;
  blocks: readonly Block[];
  rest: readonly Step[];
  /** Which instance of the outermost of the blocks it is: the key that `each` means. */
  instance?: string | number;
}

/**
 * From the attribute over variables, locals and module calls to the literal that causes its value: the attribute first,
 * the cause last. Empty where the literal stands at the attribute itself or no cause is in the sources.
 */
export function followToCause(following: Following, located: Located): SourcePlace[] {
  const { chain } = traceToCause(following, located);
  return chain.length > 1 ? chain : [];
}

/** A name on the way that stands for the whole value, and the directory of the module it belongs to. */
export interface Hop {
  root: string;
  name: string;
  directory: string;
}

/** The way to the cause. */
interface Trace {
  chain: SourcePlace[];
  /** The names on the way; empty where one of them is only a part of an expression, or does not lead to the whole value. */
  hops: Hop[];
  /** Where it ended. */
  end?: Expression;
}

/** Follows an attribute to its cause, as `followToCause` does, and tells what stands between. */
export function traceToCause(following: Following, located: Located): Trace {
  if (!located.expression) return { chain: [], hops: [] };
  const chain: SourcePlace[] = [located.place];
  let hops: Hop[] | undefined = [];
  let stop: Stop | undefined = {
    expression: located.expression,
    frame: located.frame,
    blocks: located.blocks,
    rest: located.rest,
    ...(located.instance === undefined ? {} : { instance: located.instance }),
  };
  while (stop && chain.length < longestChain) {
    const reference = firstReference(stop.expression);
    if (!reference) break;
    const next = resolve(following, stop, reference);
    if (!next) break;
    chain.push(next.place);
    const [root, name, ...steps] = reference.steps;
    const isWhole = reference === stop.expression && steps.length + stop.rest.length === 0;
    if (isWhole && typeof root === "string" && typeof name === "string")
      hops?.push({ root, name, directory: stop.frame.module.directory });
    else hops = undefined;
    stop = next.stop;
  }
  const isFollowed = stop !== undefined && stop.rest.length === 0;
  return { chain, hops: isFollowed ? (hops ?? []) : [], ...(stop ? { end: stop.expression } : {}) };
}

interface Next {
  place: SourcePlace;
  stop?: Stop;
}

/** The first reference in an expression that may lead to a value in the code. */
function firstReference(expression: Expression): (Expression & { kind: "reference" }) | undefined {
  for (const inner of walk(expression)) if (inner.kind === "reference" && inner.steps.length > 0) return inner;
  return undefined;
}

function resolve(following: Following, stop: Stop, reference: Expression & { kind: "reference" }): Next | undefined {
  const [root, name, ...steps] = reference.steps;
  const path = reference === stop.expression ? [...steps, ...stop.rest] : steps;
  if (root === "var" && typeof name === "string") return resolveVariable(following, stop.frame, name, path);
  if (root === "local" && typeof name === "string") {
    const local = stop.frame.module.locals.get(name);
    return local ? into(local.value, local.place, stop.frame, [], path) : undefined;
  }
  if (root === "module" && typeof name === "string") return resolveOutput(following, stop.frame, name, path);
  const iterated = stop.blocks.find((block) =>
    root === "each"
      ? block.type === "resource" || block.type === "module"
      : block.type === "dynamic" && block.labels[0] === root,
  );
  const forEach = iterated?.attributes.get("for_each");
  return forEach
    ? into(
        forEach.value,
        forEach.place,
        stop.frame,
        stop.blocks.filter((block) => block !== iterated),
        root === "each" ? elementPath(stop, reference.steps) : [],
      )
    : undefined;
}

/** What `each.value.x` means in the collection, where the instance is known. */
function elementPath({ instance, rest, expression }: Stop, [, part, ...steps]: readonly Step[]): Step[] {
  if (part !== "value" || instance === undefined) return [];
  return [instance, ...steps, ...(expression.kind === "reference" ? rest : [])];
}

function into(
  expression: Expression,
  place: SourcePlace,
  frame: ModuleFrame,
  blocks: readonly Block[],
  path: readonly Step[],
): Next {
  const found = descend(expression, path);
  const inside = found.entry ?? (found.expression === expression ? place : found.expression.place);
  return { place: inside, stop: { expression: found.expression, frame, blocks, rest: found.rest } };
}

/** A module's argument, else its default; in the root module a tfvars entry, else the default unless another value was given. */
function resolveVariable(
  following: Following,
  frame: ModuleFrame,
  name: string,
  path: readonly Step[],
): Next | undefined {
  if (frame.call && frame.parent) {
    const argument = frame.call.attributes.get(name);
    if (argument) {
      const next = into(argument.value, argument.place, frame.parent, [frame.call], path);
      if (next.stop && frame.key !== undefined) next.stop.instance = frame.key;
      return next;
    }
  } else {
    for (const file of following.variableFiles.toReversed()) {
      const entry = following.index.files.get(file)?.attributes.get(name);
      if (entry) return into(entry.value, entry.place, frame, [], path);
    }
  }
  const declared = frame.module.blocks.find((block) => block.type === "variable" && block.labels[0] === name);
  const fallback = declared?.attributes.get("default");
  if (!declared || !fallback || !isInUse(following, frame, name, fallback.value)) return undefined;
  return into(fallback.value, fallback.place, frame, [], path);
}

/** In the root module a value may come from the environment; then the default is not the cause. */
function isInUse(following: Following, frame: ModuleFrame, name: string, fallback: Expression): boolean {
  if (frame.parent) return true;
  const given = following.variables[name];
  const value: Json | undefined = isObject(given) ? given["value"] : undefined;
  const literal = literalValue(fallback);
  return value === undefined || literal === undefined || canonicalJson(literal) === canonicalJson(value);
}

/** `module.network.subnets`, also with an index behind the module's name. */
function resolveOutput(
  following: Following,
  frame: ModuleFrame,
  name: string,
  path: readonly Step[],
): Next | undefined {
  const call = frame.module.blocks.find((block) => block.type === "module" && block.labels[0] === name);
  const first = path[0];
  const indexed = call?.attributes.has("count") === true || call?.attributes.has("for_each") === true;
  const [output, ...rest] = typeof first === "number" || indexed ? path.slice(1) : path;
  const inner = enterModule(following.index, frame, name);
  const value = inner?.module.blocks
    .find((block) => block.type === "output" && block.labels[0] === output)
    ?.attributes.get("value");
  return inner && value ? into(value.value, value.place, inner, [], rest) : undefined;
}
