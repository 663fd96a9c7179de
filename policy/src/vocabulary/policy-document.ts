import { isWorld } from "./network.ts";
import type { Condition, Truth } from "./condition.ts";
import { holds } from "./condition.ts";
import type { Json } from "../resources/json.ts";
import { statementsOf, unknownText } from "./statement.ts";
import type { Statement } from "./statement.ts";

/**
 * The attribute is an IAM document with a statement for which the test is true. Where a statement holds something that
 * is known only after apply, it is read once with that as nothing and once as everything (`*`).
 */
export function statement(path: string, test: (statement: Statement) => boolean): Condition {
  return holds(path, "text", (value) => judgeStatements(value, test));
}

function judgeStatements(value: Json, test: (statement: Statement) => boolean): Truth {
  const statements = statementsOf(value);
  if (!statements || statements.some(test)) return statements !== undefined;
  if (typeof value !== "string" || !value.includes(encodedUnknown)) return false;
  const widest = statementsOf(value.replaceAll(encodedUnknown, "*")) ?? [];
  // A condition restricts, also where it is not yet known to what.
  const open = widest.some((wide, position) => test({ ...wide, conditions: statements[position]?.conditions ?? [] }));
  return open ? "unknown" : false;
}

/** As `JSON.stringify` writes it inside a text. */
const encodedUnknown = JSON.stringify(unknownText).slice(1, -1);

/** Allows something, to whom and under what condition ever. */
export function allows({ effect }: Statement): boolean {
  return effect === "Allow";
}

/** The action, or one that takes it in: `*`, `iam:*`, `iam:Pass*`. */
export function covers(actions: readonly string[], action: string): boolean {
  const wanted = action.toLowerCase();
  return actions.some((pattern) => matchesPattern(pattern, wanted));
}

/** On every resource there is, whatever else it names. */
export function onEverything({ resources }: Statement): boolean {
  return resources.some((resource) => /^\*+$/.test(resource));
}

/** Every action of every service. */
export function everyAction({ actions }: Statement): boolean {
  return actions.some((action) => /^\*+(?::\*+)?$/.test(action));
}

/** Allow for everybody, without a condition that says who or from where. */
export function letsEverybodyIn(statement: Statement): boolean {
  if (!allows(statement) || isRestricted(statement)) return false;
  // Allow with NotPrincipal lets in everybody but those it names.
  return statement.notPrincipals !== undefined || statement.principals.aws.includes("*");
}

/** Keys that anybody can meet: they say how one comes, not who. */
const openKeys = new Set([
  "aws:securetransport",
  "aws:useragent",
  "aws:referer",
  "s3:tlsversion",
  "aws:requestedregion",
]);

/** A condition narrows down who may come. One that everybody meets (`aws:SourceIp` of `0.0.0.0/0`, a value `*`) does not. */
export function isRestricted({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      !openKeys.has(key) &&
      !operator.startsWith("null") &&
      !values.some((value) => /^\*+$/.test(value) || isWorld(value)),
  );
}

/** Denies everybody who does not come over TLS. */
export function deniesPlainText({ effect, principals, conditions }: Statement): boolean {
  return (
    effect === "Deny" &&
    principals.aws.includes("*") &&
    conditions.some(
      ({ operator, key, values }) =>
        (key === "aws:securetransport" && operator.startsWith("bool") && values.some((value) => value === "false")) ||
        (key === "s3:tlsversion" && operator.startsWith("numericlessthan")),
    )
  );
}

function matchesPattern(pattern: string, text: string): boolean {
  // Nearly all are whole names or beginnings, and a plan has thousands.
  const wild = pattern.search(/[*?]/);
  if (wild < 0) return pattern === text;
  if (wild === pattern.length - 1 && pattern.endsWith("*")) return text.startsWith(pattern.slice(0, -1));
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
