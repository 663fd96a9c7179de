import type { Hidden } from "../resources/known-in-part.ts";
import { isObject, objectAt } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { JudgeInput } from "./judgement.ts";

/** Attributes that hold a policy document. */
const documentName = /policy|policies|assume_role/;

/**
 * What the sources tell of values that the plan shows as known only after apply: policy documents in which a name is not
 * known yet, and what is handed on by `terraform_data`, which hides nothing. Undefined where there is none; only then the
 * sources are not evaluated.
 */
export async function hiddenIn(input: JudgeInput, resources: readonly Resource[]): Promise<Hidden | undefined> {
  const isHandedOn = resources.some(({ type, unknown }) => type === "terraform_data" && isOpen(unknown["output"]));
  const isOf = (one: Resource): boolean =>
    hasOpenDocument(one) || hasOpenBlocks(one) || (isHandedOn && openAttributes(one).length > 0);
  if (!resources.some(isOf) || input.files.size === 0) return undefined;
  const { evaluateDirectory } = await import("../evaluation/evaluate-directory.ts");
  const given = Object.entries(objectAt(input.planJson, "variables")).flatMap(([name, entry]) =>
    isObject(entry) && entry["value"] !== undefined ? [[name, entry["value"]] as const] : [],
  );
  const files = new Map([...input.files, ...(input.texts ?? [])]);
  const {
    documents,
    origins,
    places,
    texts,
    resources: evaluated,
  } = evaluateDirectory(files, {
    root: input.componentPath,
    variableFiles: [],
    variables: Object.fromEntries(given),
  });
  const planned = new Map(resources.map((resource) => [resource.address, resource]));
  const blocks = new Map(
    evaluated.map((one) => [one.address, settled(one, planned.get(one.address), isHandedOn)] as const),
  );
  return { documents, origins, places, texts, blocks };
}

/** A plan shows no blocks as known only after apply where the provider has some of its own: the code says that it makes none. */
function hasOpenBlocks({ unknown, configured }: Resource): boolean {
  return [...(configured?.dynamicBlocks ?? [])].some((name) => unknown[name] === true);
}

/** The blocks of `dynamic`, and with `isHandedOn` other attributes, that the plan does not know and the evaluation does. */
function settled(evaluated: Resource, planned: Resource | undefined, isHandedOn: boolean): Map<string, Json> {
  const found = new Map<string, Json>();
  if (planned === undefined) return found;
  const blocks = [...(planned.configured?.dynamicBlocks ?? [])].filter((name) => planned.unknown[name] === true);
  for (const name of isHandedOn ? [...blocks, ...openAttributes(planned)] : blocks) {
    const value = evaluated.values[name];
    if (value !== undefined && !isOpen(evaluated.unknown[name])) found.set(name, value);
  }
  return found;
}

/** What the code sets and the plan does not know, or not all of it. */
function openAttributes({ unknown, configured }: Resource): string[] {
  const written = [...Object.keys(configured?.expressions ?? {}), ...(configured?.dynamicBlocks ?? [])];
  return written.filter((name) => isOpen(unknown[name]));
}

function isOpen(mark: Json | undefined): boolean {
  if (Array.isArray(mark)) return mark.some(isOpen);
  return mark === true || (isObject(mark) && Object.values(mark).some(isOpen));
}

function hasOpenDocument({ unknown, configured, documents }: Resource): boolean {
  return Object.entries(unknown).some(
    ([name, mark]) =>
      mark === true &&
      documentName.test(name) &&
      documents?.has(name) !== true &&
      configured?.expressions[name] !== undefined,
  );
}
