import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { problemOf } from "./faults.ts";
import type { Fault } from "./faults.ts";
import type { Policy } from "./prepare.ts";

/** What an attempt with all files came to: an answer, or what is wrong. */
export type Attempt<Answer> = { answer: Answer; faults?: never } | { answer?: never; faults: readonly Fault[] };

export interface Repaired<Answer> {
  /** Undefined where nothing could be evaluated. */
  answer?: Answer;
  /** Files that took part to the end. */
  taken: Policy[];
  failures: Problem[];
}

/** Attempts at most: each takes faulty files out, or reads them in the other version of the language. */
const mostAttempts = 16;

/**
 * Tries until OPA takes the files that are left. A file that does not parse is tried once in the other version of Rego;
 * a faulty one is left out and reported, the rest goes on without it.
 */
export async function attemptWithout<Answer>(
  policies: readonly Policy[],
  attempt: (policies: readonly Policy[], number: number) => Promise<Attempt<Answer>>,
): Promise<Repaired<Answer>> {
  const failures: Problem[] = [];
  /** First fault of a file that was read in its other version since. */
  const before = new Map<string, Fault>();
  let left = [...policies];
  for (let number = 0; number < mostAttempts && left.length > 0; number += 1) {
    const tried = await attempt(left, number);
    if (tried.faults === undefined) return { answer: tried.answer, taken: left, failures };
    const faulty = firstByFile(tried.faults);
    if (!left.some(({ file }) => faulty.has(file))) {
      const [fault] = tried.faults;
      failures.push(problem("policy_unjudged", `Rego: ${fault?.message ?? "OPA did not answer"}`));
      return { taken: [], failures };
    }
    left = left.flatMap((policy): Policy[] => {
      const fault = faulty.get(policy.file);
      if (!fault) return [policy];
      const earlier = before.get(policy.file);
      if (fault.isParseError && !earlier) {
        before.set(policy.file, fault);
        return [{ ...policy, regoVersion: policy.regoVersion === 0 ? 1 : 0 }];
      }
      // The version in which the parser came further is the one that was meant.
      const told = earlier && (fault.line ?? 0) <= (earlier.line ?? 0) && fault.isParseError ? earlier : fault;
      failures.push(problemOf(policy, told));
      return [];
    });
  }
  if (left.length > 0)
    failures.push(problem("policy_unjudged", "Rego: too many policy files are faulty; the rest was not evaluated."));
  return { taken: [], failures };
}

function firstByFile(faults: readonly Fault[]): Map<string, Fault> {
  const found = new Map<string, Fault>();
  for (const fault of faults) if (fault.file !== undefined && !found.has(fault.file)) found.set(fault.file, fault);
  return found;
}
