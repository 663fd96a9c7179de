import type { CheckInput } from "@plumbline/contract/jobs";
import { readPolicies } from "@plumbline/policy/configuration/read-policies";
import type { SupervisorJob } from "./supervisor/supervisor-job.ts";

/** Reads the policy configurations that came with a job. One with mistakes judges nothing: the change is blocked. */
export function policyOfJob(check: Pick<CheckInput, "policyConfiguration" | "organization">): SupervisorJob["policy"] {
  const { configuration, problems } = readPolicies(check);
  const [first] = problems;
  return first ? { mistake: `${first.file}:${first.line}: ${first.message}` } : { configuration };
}
