import type { Evaluation, Origin, PartialDocument } from "../evaluation/evaluation.ts";
import { nameGap } from "../evaluation/values/text-in-part.ts";
import { unknownText } from "../vocabulary/statement.ts";
import { isObject } from "./json.ts";
import type { Json } from "./json.ts";
import type { Resource } from "./resource.ts";

/** What an evaluation of sources tells of values that are known only after apply; a plan has no room for it. */
export interface Hidden extends Pick<Evaluation, "documents" | "origins" | "places" | "texts"> {
  /** Address → nested blocks that a plan shows as known only after apply, and that are known all the same. */
  blocks?: ReadonlyMap<string, ReadonlyMap<string, Json>>;
}

/** Gives a resource what the evaluation of its code tells of what is not known yet. */
export function withHidden(resource: Resource, hidden: Hidden): Resource {
  const documents = hidden.documents.get(resource.address);
  const origins = hidden.origins.get(resource.address);
  const texts = hidden.texts.get(resource.address);
  const blocks = hidden.blocks?.get(resource.address) ?? new Map<string, Json>();
  if (!documents && !origins && !texts && blocks.size === 0) return resource;
  const unknown = Object.entries(resource.unknown).filter(([name]) => !blocks.has(name));
  return {
    ...resource,
    values: { ...resource.values, ...Object.fromEntries(blocks) },
    unknown: Object.fromEntries(unknown),
    ...(texts ? { texts: new Map([...texts].flatMap(([path, text]) => textsAt(path, named(text)))) } : {}),
    ...(documents
      ? { documents: new Map([...documents].map(([attribute, document]) => [attribute, textOf(document)])) }
      : {}),
    ...(origins ? { origins: new Map([...addressesOf(origins), ...(resource.origins ?? [])]) } : {}),
  };
}

/** What a plan follows itself counts more: it knows every instance. */
function addressesOf(origins: ReadonlyMap<string, readonly Origin[]>): [string, string[]][] {
  return [...origins].map(([path, found]) => [path, found.map(({ address }) => address)]);
}

/** By its path, and by the one that takes a block that stands once for itself. */
function textsAt(path: string, text: string): [string, string][] {
  const shorter = path.replaceAll("[0]", "");
  return shorter === path
    ? [[path, text]]
    : [
        [path, text],
        [shorter, text],
      ];
}

/** With a name that is no pattern, and nobody's, where a provider will give one. */
function named(text: string): string {
  return text.replaceAll(nameGap, "known-after-apply");
}

/** The document as JSON text, with `unknownText` for what is not known. */
function textOf({ document, unknown }: PartialDocument): string {
  return JSON.stringify(filled(document, unknown));
}

function filled(document: Json, unknown: Json | undefined): Json {
  if (unknown === true) return unknownText;
  if (typeof unknown === "string") return named(unknown);
  if (Array.isArray(document))
    return document.map((item, position) => filled(item, Array.isArray(unknown) ? unknown[position] : undefined));
  if (!isObject(document)) return document;
  const marks = isObject(unknown) ? unknown : {};
  const names = new Set([...Object.keys(document), ...Object.keys(marks)]);
  return Object.fromEntries([...names].map((name) => [name, filled(document[name] ?? null, marks[name])]));
}
