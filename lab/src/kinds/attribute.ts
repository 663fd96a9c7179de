/** A value as the cloud's JSON API and its data file hold it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = { [name: string]: JsonValue };

export type AttributeType = "string" | "number" | "bool" | "string_list" | "string_map";

/**
 * One attribute of a resource kind. The cloud checks requests by it, the console makes its form from it, and the
 * provider its Terraform schema and plan.
 */
export type Attribute = {
  readonly name: string;
  readonly type: AttributeType;
  readonly description: string;
  /** `assigned` values come from the cloud; `optional_assigned` ones too, where the caller leaves them out. */
  readonly presence: "required" | "optional" | "assigned" | "optional_assigned";
  /** What an optional attribute is when left out; without one it is null. */
  readonly fallback?: boolean | number | string;
  /** A change needs a new resource. */
  readonly replaces?: true;
  /** Accepted and never given back by the cloud. */
  readonly secret?: true;
  /** The kind whose id (or ids) this holds. */
  readonly refersTo?: string;
  /** Says what is wrong with a value of the right type, as a sentence without its subject. */
  readonly check?: (value: JsonValue) => string | undefined;
};

/** A list of objects inside a resource, such as a firewall's rules. */
export type ObjectList = {
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
};

export type Kind = {
  /** As in the API's path; the Terraform type is `lab_` and this. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly idPrefix: string;
  readonly attributes: readonly Attribute[];
  readonly lists: readonly ObjectList[];
  /** The values that the cloud assigns once, when a resource is created. */
  readonly assign: (values: JsonObject, id: string) => JsonObject;
};

export const tags: Attribute = {
  name: "tags",
  type: "string_map",
  description: "Labels by key, for ownership and cost.",
  presence: "optional",
};

export const name: Attribute = {
  name: "name",
  type: "string",
  description: "Unique for its kind in the account: lower-case letters, digits and hyphens.",
  presence: "required",
  check: checkName,
};

export const region: Attribute = {
  name: "region",
  type: "string",
  description: "Where the resource lives. Changing it makes a new resource.",
  presence: "optional",
  fallback: "eu-central-1",
  replaces: true,
  check: (value) => (/^[a-z]{2}-[a-z]+-\d$/.test(asText(value)) ? undefined : 'must look like "eu-central-1"'),
};

function checkName(value: JsonValue): string | undefined {
  if (/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(asText(value))) return undefined;
  return "must be 2 to 63 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen";
}

/** Says what is wrong with an IPv4 range in CIDR form. */
export function checkCidr(value: JsonValue): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(asText(value));
  const parts = match?.slice(1).map(Number) ?? [];
  const [prefix = 33] = parts.slice(4);
  const sound = match !== null && parts.slice(0, 4).every((part) => part <= 255) && prefix <= 32;
  return sound ? undefined : 'must be an IPv4 range such as "10.0.0.0/16"';
}

/** A value as text: itself when it is one, else as JSON. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** A check for whole numbers between two bounds, both allowed. */
export function between(low: number, high: number): (value: JsonValue) => string | undefined {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= low && value <= high
      ? undefined
      : `must be a whole number from ${low} to ${high}`;
}

/** A check for a closed list of words. */
export function oneOf(...words: readonly string[]): (value: JsonValue) => string | undefined {
  return (value) =>
    words.includes(asText(value)) ? undefined : `must be one of ${words.map((word) => `"${word}"`).join(", ")}`;
}
