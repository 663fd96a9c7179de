import type { Evaluation, PartialDocument } from "../evaluation/evaluation.ts";
import { unknownText } from "../vocabulary/statement.ts";
import { isObject } from "./json.ts";
import type { Json } from "./json.ts";
import type { Resource } from "./resource.ts";

/** What an evaluation of sources tells of values that are known only after apply; a plan has no room for it. */
export type Hidden = Pick<Evaluation, "documents" | "origins" | "places">;

/** Gives a resource what the evaluation of its code tells of what is not known yet. */
export function withHidden(resource: Resource, hidden: Hidden): Resource {
  const documents = hidden.documents.get(resource.address);
  const origins = hidden.origins.get(resource.address);
  if (!documents && !origins) return resource;
  return {
    ...resource,
    ...(documents
      ? { documents: new Map([...documents].map(([attribute, document]) => [attribute, textOf(document)])) }
      : {}),
    ...(origins
      ? { origins: new Map([...origins].map(([path, found]) => [path, found.map(({ address }) => address)])) }
      : {}),
  };
}

/** Stands for an ARN or id that a provider will give: no pattern, and nobody's. */
const someName = "arn:known-after-apply";

/** The document as JSON text, with `unknownText` for what is not known. */
function textOf({ document, unknown }: PartialDocument): string {
  return JSON.stringify(filled(document, unknown));
}

function filled(document: Json, unknown: Json | undefined): Json {
  if (unknown === true) return unknownText;
  if (unknown === "name") return someName;
  if (Array.isArray(document))
    return document.map((item, position) => filled(item, Array.isArray(unknown) ? unknown[position] : undefined));
  if (!isObject(document)) return document;
  const marks = isObject(unknown) ? unknown : {};
  const names = new Set([...Object.keys(document), ...Object.keys(marks)]);
  return Object.fromEntries([...names].map((name) => [name, filled(document[name] ?? null, marks[name])]));
}
