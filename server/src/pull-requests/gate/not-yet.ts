import type { GateCondition } from "@plumbline/contract";
import { list } from "./condition.ts";

type Kind = GateCondition["kind"];

/** What an unmet condition of a kind is called where several are counted. */
const words: readonly (readonly [Kind, (conditions: readonly GateCondition[]) => string])[] = [
  ["merges", () => "it conflicts with main"],
  ["configuration", () => "the configuration is wrong"],
  ["plans", () => "not every plan is made"],
  ["findings", () => "findings block it"],
  ["applied", () => "an environment before has not applied it"],
  ["dependents", () => "something left depends on what is destroyed"],
  ["state", () => "code and state do not say the same"],
  ["right", () => "somebody pushed to it who may not propose there"],
  ["owner", (conditions) => `${count(conditions.length, "approval")} by code owners ${are(conditions)} missing`],
  ["approvals", (conditions) => `approvals for ${list(conditions.map(environmentOf))} are missing`],
  ["ticket", () => "a ticket is missing"],
  ["fresh", () => "something has changed since it was planned"],
];

/** Why it cannot be merged, from the conditions that are not met; worst first. */
export function notYet(gate: readonly GateCondition[]): string {
  const unmet = gate.filter(({ met }) => !met);
  const parts = words.flatMap(([kind, say]) => {
    const conditions = unmet.filter((one) => one.kind === kind);
    return conditions.length === 0 ? [] : [say(conditions)];
  });
  return `Not yet: ${list(parts)}. This holds for everybody, administrators too.`;
}

function environmentOf({ id }: GateCondition): string {
  return id.slice(id.indexOf(":") + 1);
}

function count(number: number, what: string): string {
  return number === 1 ? `an ${what}` : `${number} ${what}s`;
}

function are(conditions: readonly GateCondition[]): string {
  return conditions.length === 1 ? "is" : "are";
}
