import type { Hidden } from "../resources/known-in-part.ts";
import { isObject, objectAt } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { JudgeInput } from "./judgement.ts";

/** Attributes that hold a policy document. */
const documentName = /policy|policies|assume_role/;

/**
 * What the sources tell of policy documents that the plan shows as known only after apply, because a name in them is not known
 * yet: a plan says nothing of the rest of them. Undefined where there is none; only then the sources are not evaluated.
 */
export async function hiddenIn(input: JudgeInput, resources: readonly Resource[]): Promise<Hidden | undefined> {
  if (!resources.some((one) => hasOpenDocument(one) || hasOpenBlocks(one)) || input.files.size === 0) return undefined;
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
  const blocks = new Map(evaluated.map((one) => [one.address, settledBlocks(one, planned.get(one.address))]));
  return { documents, origins, places, texts, blocks };
}

/** A plan shows no blocks as known only after apply where the provider has some of its own: the code says that it makes none. */
function hasOpenBlocks({ unknown, configured }: Resource): boolean {
  return [...(configured?.dynamicBlocks ?? [])].some((name) => unknown[name] === true);
}

/** The blocks of `dynamic` that the plan does not know, and their evaluation does. */
function settledBlocks(evaluated: Resource, planned: Resource | undefined): Map<string, Json> {
  const settled = new Map<string, Json>();
  for (const name of planned?.configured?.dynamicBlocks ?? []) {
    const blocks = evaluated.values[name];
    if (planned?.unknown[name] === true && blocks !== undefined && evaluated.unknown[name] === undefined)
      settled.set(name, blocks);
  }
  return settled;
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
