import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { PolicyParameters } from "../configuration/policy-configuration.ts";

/**
 * What a rule says about a resource, as data. Paths are relative to the resource, inside `some` to the element, inside
 * `connected` to the other resource. Every condition is true, false, or unknown until apply.
 */
export type Condition =
  | { op: "equals"; path: string; value: boolean | number | string }
  | { op: "oneOf"; path: string; values: readonly string[] }
  | { op: "present"; path: string }
  | { op: "matches"; path: string; pattern: RegExp }
  | { op: "holds"; path: string; kind: ValueKind; test: (value: Json) => Truth }
  | { op: "worldOpen"; path: string }
  | { op: "portRange"; ports: PortAttributes; test: (range: PortRange) => boolean }
  | { op: "all"; of: readonly Condition[] }
  | { op: "any"; of: readonly Condition[] }
  | { op: "not"; of: Condition }
  | { op: "some"; path: string; where: Condition; identity: readonly string[] }
  | { op: "connected"; type: string; by: Connection; where: Condition }
  | { op: "refersTo"; type: string; by: Connection; where: Condition }
  | { op: "judge"; by: (context: JudgeContext) => Match[]; reads: readonly string[] };

/** What a test of one value expects it to be, as the provider's schema calls it; `text` is text or a number. */
export type ValueKind = "text" | "number" | "texts" | "map";

/** The result of a test that may find something in the value itself that is known only after apply. */
export type Truth = boolean | "unknown";

/** Where ports and protocol stand. A single port is `{ from: "port", to: "port" }`. */
export interface PortAttributes {
  from: string;
  to: string;
  protocol: string;
}

/** Inclusive. `all` says that the protocol has no ports or all of them are meant. */
export interface PortRange {
  from: number;
  to: number;
  all: boolean;
}

/**
 * How another resource belongs to this one: its `from` attribute holds, or refers to, one of this one's `to` attributes.
 * With `refersTo` it is the other way round: `from` is this one's and `to` the other's.
 */
export interface Connection {
  from: string;
  to: readonly string[];
  /** Of `connected`: `from` names the other one inside a longer text, as filters and addresses do. */
  inside?: true;
}

/** Where a condition holds, or may hold once the value is known. */
export interface Match {
  outcome: "true" | "unknown";
  /** The attribute it hangs on; it may be missing in the code. */
  attribute?: string;
  /** Tells elements of one list apart in a way that survives reordering. */
  identity?: string;
  /** A title that says more than the rule's own. */
  title?: string;
}

/** What a function beside a record sees. `value` is undefined while unknown. */
export interface JudgeContext {
  resource: Resource;
  parameters: PolicyParameters;
  read: (path: string) => Value;
  /** Reads a text as a document, once for all rules that ask for it. */
  document: (text: string, parse: (text: string) => Json) => Json;
}

/** A value at a path: known (null where absent), or known only after apply. */
export type Value = { known: true; value: Json } | { known: false };

/** The attribute has this value; "true" and "12" count as true and 12, as Terraform converts them. */
export function equals(path: string, value: boolean | number | string): Condition {
  return { op: "equals", path, value };
}

export function isTrue(path: string): Condition {
  return equals(path, true);
}

export function oneOf(path: string, values: readonly string[]): Condition {
  return { op: "oneOf", path, values };
}

/** Set to something other than null, an empty string, list or map. */
export function present(path: string): Condition {
  return { op: "present", path };
}

/** A string that matches; a missing one does not. */
export function matches(path: string, pattern: RegExp): Condition {
  return { op: "matches", path, pattern };
}

/** What a function says about the value (null where absent); `kind` is what the schema has to say about the attribute. */
export function holds(path: string, kind: ValueKind, test: (value: Json) => Truth): Condition {
  return { op: "holds", path, kind, test };
}

/** A network, or a list with one, that takes in (nearly) all of the internet: `0.0.0.0/0`, `::/0`, or half of it. */
export function worldOpen(path: string): Condition {
  return { op: "worldOpen", path };
}

export function portRange(ports: PortAttributes, test: (range: PortRange) => boolean): Condition {
  return { op: "portRange", ports, test };
}

/** The place of the finding is that of the first condition. */
export function all(...of: readonly Condition[]): Condition {
  return { op: "all", of };
}

export function any(...of: readonly Condition[]): Condition {
  return { op: "any", of };
}

export function not(of: Condition): Condition {
  return { op: "not", of };
}

/** Each element of a list, set or nested block for which the condition holds is a finding of its own. */
export function some(path: string, where: Condition, identity: readonly string[] = []): Condition {
  return { op: "some", path, where, identity };
}

/** Another resource of this type that belongs to this one, for which the condition holds. */
export function connected(type: string, by: Connection, where: Condition): Condition {
  return { op: "connected", type, by, where };
}

/** Another resource of this type to which this one's `from` attribute refers, for which the condition holds. */
export function refersTo(type: string, by: Connection, where: Condition): Condition {
  return { op: "refersTo", type, by, where };
}

/** Whatever the resource: with `connected`, that there is such another resource at all. */
export const anything: Condition = { op: "not", of: { op: "any", of: [] } };

/** No resource of this type belongs to this one. */
export function lacks(type: string, by: Connection): Condition {
  return not(connected(type, by, anything));
}

/** What cannot be said otherwise. `reads` are the attributes it reads, which have to be in the provider's schema. */
export function judge(by: (context: JudgeContext) => Match[], reads: readonly string[] = []): Condition {
  return { op: "judge", by, reads };
}
