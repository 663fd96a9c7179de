import { isObject, objectsAt, stringAt } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";
import type { Resource } from "../../resources/resource.ts";
import type { Condition, JudgeContext, Match } from "../../vocabulary/condition.ts";
import { judge } from "../../vocabulary/condition.ts";
import { isReference } from "../../vocabulary/referenced.ts";
import { unknownText } from "../../vocabulary/statement.ts";
import { textOf } from "../../vocabulary/text.ts";

/** Who gets a role. `open` could be anybody: it comes from a variable or a module and is known only after apply. */
export type Member =
  | { kind: "known"; name: string }
  /** Refers to a service account that is made in the same code. */
  | { kind: "service-account" }
  /** Refers to some other resource: a group, an identity of a service. */
  | { kind: "resource" }
  | { kind: "open" };

/** A role that is given to members. `role` is undefined while unknown. */
export interface Grant {
  role: string | undefined;
  members: readonly Member[];
  /** Where the members stand. */
  attribute: string;
}

/** What a test says about one grant, or about one member of it. */
export type GrantTest = (role: string, member: Member) => boolean | "unknown";

const attributes = ["role", "member", "members", "policy_data"];

/**
 * Some role is given to a member for which the test is true, whichever of the three ways a resource has to say it:
 * `…_iam_member`, `…_iam_binding` or `…_iam_policy`.
 */
export function grants(test: GrantTest): Condition {
  return judge((context) => grantsOf(context).flatMap((grant) => judgeGrant(grant, test)), attributes);
}

function judgeGrant({ role, members, attribute }: Grant, test: GrantTest): Match[] {
  const said = members.map((member) => (role === undefined ? anyRole(member, test) : test(role, member)));
  if (said.includes(true)) return [{ outcome: "true", attribute, ...(role === undefined ? {} : { identity: role }) }];
  return said.includes("unknown") ? [{ outcome: "unknown", attribute }] : [];
}

/** While the role is unknown a test can still be true of the member alone. */
function anyRole(member: Member, test: GrantTest): boolean | "unknown" {
  const harmless = test("", member);
  return harmless === false ? (test("roles/owner", member) === false ? false : "unknown") : harmless;
}

function grantsOf({ resource, read }: JudgeContext): Grant[] {
  const role = read("role");
  const roleName = role.known ? textOf(role.value) : undefined;
  if (resource.type.endsWith("_iam_policy")) return policyGrants(resource, read);
  const attribute = resource.type.endsWith("_iam_member") ? "member" : "members";
  const value = read(attribute);
  if (!value.known) return [{ role: roleName, members: [unknownMember(resource, attribute)], attribute }];
  const listed = Array.isArray(value.value) ? value.value : [value.value];
  return [{ role: roleName, members: listed.map((one) => memberOf(one, resource, attribute)), attribute }];
}

/** A null in a list stands for what is known only after apply. */
function memberOf(value: Json, resource: Resource, attribute: string): Member {
  return typeof value === "string" ? { kind: "known", name: value } : unknownMember(resource, attribute);
}

/** No resource is called `allUsers`, so a reference to one is somebody in particular. */
function unknownMember(resource: Resource, attribute: string): Member {
  const through = resource.origins?.get(attribute) ?? [];
  if (through.length === 0 && !isReference(resource, [attribute])) return { kind: "open" };
  const expression = resource.configured?.expressions[attribute];
  const direct = isObject(expression) && Array.isArray(expression["references"]) ? expression["references"] : [];
  const names = through.length > 0 ? through : direct.map(textOf);
  const isAccount = names.every((name) => /(?:^|\.)google_service_account\./.test(name));
  return { kind: isAccount ? "service-account" : "resource" };
}

/** The JSON of a whole policy, as `google_iam_policy` writes it. https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
function policyGrants(resource: Resource, read: JudgeContext["read"]): Grant[] {
  const attribute = "policy_data";
  const data = read(attribute);
  const text = data.known ? data.value : resource.documents?.get(attribute);
  if (text === undefined) return [{ role: undefined, members: [{ kind: "open" }], attribute }];
  return objectsAt(parse(text), "bindings").map((binding) => {
    const role = stringAt(binding, "role");
    return { role: role === unknownText ? undefined : role, members: membersIn(binding["members"]), attribute };
  });
}

function membersIn(members: Json | undefined): Member[] {
  if (!Array.isArray(members)) return members === unknownText ? [{ kind: "open" }] : [];
  return members
    .filter((one) => typeof one === "string")
    .map((name) => (name === unknownText ? { kind: "open" } : { kind: "known", name }));
}

function parse(text: Json): Json {
  if (typeof text !== "string") return null;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

/** Anybody on the internet, or anybody with a Google account. */
export function isEverybody(_: string, member: Member): boolean | "unknown" {
  if (member.kind === "open") return "unknown";
  return member.kind === "known" && ["allusers", "allauthenticatedusers"].includes(member.name.toLowerCase());
}

/** A service account, of your own or of Google's. */
export function isServiceAccount(member: Member): boolean | "unknown" {
  if (member.kind === "open" || member.kind === "resource") return "unknown";
  return member.kind === "service-account" || /^serviceAccount:/i.test(member.name);
}

/** The three resource types by which roles on these are given: `storage_bucket` → `google_storage_bucket_iam_member`, … */
export function iamTypes(...families: readonly string[]): string[] {
  return families.flatMap((family) => ["member", "binding", "policy"].map((way) => `google_${family}_iam_${way}`));
}

/** `first` and then, only where that may be true, `second`. */
export function both(first: boolean | "unknown", second: () => boolean | "unknown"): boolean | "unknown" {
  if (first === false) return false;
  const then = second();
  return then === false ? false : first === "unknown" ? "unknown" : then;
}
