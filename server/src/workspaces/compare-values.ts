import { canonicalJson } from "@plumbline/contract";
import type { ParityCell, ParityRow, ParityVerdict, WorkspaceValue } from "@plumbline/contract";
import { lintRules } from "@plumbline/policy/lint/lint-rules";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { literalValue } from "@plumbline/policy/sources/syntax-tree";
import { isOneCode } from "./parity-side.ts";
import type { ParitySide } from "./parity-side.ts";

interface Side {
  environment: string;
  value: WorkspaceValue | undefined;
  /** Its code lies in a directory that is this environment's alone. */
  ownDirectory: boolean;
}

interface Judged {
  verdict: ParityVerdict;
  sentence: string;
  /** Environments of which the verdict speaks. */
  wanting?: readonly string[];
  rule?: string;
}

/**
 * One variable in all environments; undefined for what a file that all components share says and this one does not
 * use.
 */
export function compareValues(name: string, sides: readonly ParitySide[]): ParityRow | undefined {
  const found = sides.map(({ environment, values }): Side => ({
    environment,
    value: values.items.find((item) => item.name === name),
    ownDirectory: values.own !== undefined,
  }));
  if (!found.some(({ value }) => isUsed(value))) return undefined;
  const { verdict, sentence, wanting = [], rule = null } = judge(found, isOneCode(sides));
  const cells = found.map(({ environment, value }): ParityCell => ({
    environment,
    text: shown(value),
    origin: value?.origin ?? null,
    wanting: wanting.includes(environment),
  }));
  return { kind: "value", name, verdict, sentence, rule, cells };
}

function judge(sides: readonly Side[], oneCode: boolean): Judged {
  const here = (test: (side: Side) => boolean) => sides.filter(test).map(({ environment }) => environment);
  const unset = here(({ value }) => value !== undefined && value.declared !== null && value.origin === null);
  if (unset.length > 0)
    return {
      verdict: "forbidden",
      sentence: `Nothing gives it a value in ${unset.join(", ")}, so nothing can be planned there.`,
      wanting: unset,
    };
  const absent = here(({ value }) => !isUsed(value));
  if (absent.length > 0)
    return { verdict: "follows", sentence: `The code of ${absent.join(", ")} is another one and does not have it.` };
  const sealed = here(({ value }) => value?.origin?.source === "sealed");
  const clear = here(({ value }) => value?.origin?.source !== "sealed");
  if (sealed.length > 0 && clear.length > 0)
    return {
      verdict: "forbidden",
      sentence: `Sealed in ${sealed.join(", ")}, but not in ${clear.join(", ")}.`,
      wanting: clear,
    };
  if (sealed.length > 0)
    return { verdict: "same", sentence: "Sealed: each environment has a value of its own, which nobody is shown." };
  if (new Set(sides.map(({ value }) => comparable(value))).size <= 1)
    return { verdict: "same", sentence: "The same everywhere." };
  return judgeReasons(sides, oneCode);
}

/** What differs, and comes from files or code. */
function judgeReasons(sides: readonly Side[], oneCode: boolean): Judged {
  const given = sides.filter(isGiven);
  const silent = given.filter(({ value }) => (value?.origin?.why ?? null) === null);
  if (silent.length > 0) {
    const environments = silent.map(({ environment }) => environment);
    const files = given.map(({ value }) => value?.origin?.source);
    // The rule compares files of one name; a value that one environment alone has is none to it.
    const compared = given.length > 1 && files.length > new Set(files).size;
    return {
      verdict: "unexplained",
      sentence: `No reason stands beside it in ${environments.join(", ")}.`,
      wanting: environments,
      ...(compared ? { rule: lintRules.unexplainedValue.id } : {}),
    };
  }
  const reasons = [...new Set(given.flatMap(({ value }) => value?.origin?.why ?? []))];
  if (reasons.length > 0)
    return { verdict: "explained", sentence: reasons.length === 1 ? (reasons[0] ?? "") : reasons.join("; ") };
  return oneCode
    ? { verdict: "forbidden", sentence: "It comes from the code, which is the same everywhere, and still differs." }
    : { verdict: "follows", sentence: "It comes with the code, which is another one." };
}

/** Whether the value is written in a file of the environment; where its code has a directory of its own, in one there. */
function isGiven({ value, ownDirectory }: Side): boolean {
  const source = value?.origin?.source;
  return source === "workspace_file" || source === "environment_file" || (ownDirectory && source === "component_file");
}

function isUsed(value: WorkspaceValue | undefined): boolean {
  return value !== undefined && (value.declared !== null || value.origin?.source === "workspace_file");
}

function shown(value: WorkspaceValue | undefined): string | null {
  const origin = value?.origin;
  if (origin === undefined || origin === null) return null;
  if (origin.source === "sealed") return `sealed, version ${origin.version}`;
  if (origin.source === "input") return origin.from;
  return value?.sensitive === true ? "sensitive, not shown" : origin.value;
}

/** Equal texts: the same value, however it is written, or the same output of the environment's own component. */
function comparable(value: WorkspaceValue | undefined): string {
  const origin = value?.origin;
  if (origin === undefined || origin === null) return "";
  if (origin.source === "input") {
    const from = origin.from ?? "";
    return `input ${from.slice(0, from.indexOf("/"))}${from.slice(from.lastIndexOf("."))}`;
  }
  if (origin.value === null) return "hidden";
  const attribute = parseSource("value.tfvars", `value = ${origin.value}\n`).attributes.get("value");
  const literal = attribute && literalValue(attribute.value);
  return literal === undefined ? `text ${origin.value}` : `value ${canonicalJson(literal)}`;
}
