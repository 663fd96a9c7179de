import type { Hidden } from "../resources/known-in-part.ts";
import { isObject, objectAt } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { JudgeInput } from "./judgement.ts";

/** Attributes that hold a policy document. */
const documentName = /policy|policies|assume_role/;

/**
 * What the sources tell of policy documents that the plan shows as known only after apply, because a name in them is not known
 * yet: a plan says nothing of the rest of them. Undefined where there is none; only then the sources are not evaluated.
 */
export async function hiddenIn(input: JudgeInput, resources: readonly Resource[]): Promise<Hidden | undefined> {
  if (!resources.some(hasOpenDocument) || input.files.size === 0) return undefined;
  const { evaluateDirectory } = await import("../evaluation/evaluate-directory.ts");
  const given = Object.entries(objectAt(input.planJson, "variables")).flatMap(([name, entry]) =>
    isObject(entry) && entry["value"] !== undefined ? [[name, entry["value"]] as const] : [],
  );
  const files = new Map([...input.files, ...(input.texts ?? [])]);
  const { documents, places, texts } = evaluateDirectory(files, {
    root: input.componentPath,
    variableFiles: [],
    variables: Object.fromEntries(given),
  });
  // What the plan follows itself is not taken from here: it knows every instance.
  return { documents, origins: new Map(), places, texts };
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
