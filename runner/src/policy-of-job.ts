import { defaultPolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import { readPolicyConfiguration } from "@plumbline/policy/configuration/read-policy-configuration";
import { catalogue } from "@plumbline/policy/rules/catalogue";
import type { SupervisorJob } from "./supervisor/supervisor-job.ts";

const file = "policies/plumbline-policy.yaml";

/** Reads the policy configuration that came with a job. One with mistakes judges nothing: the change is blocked. */
export function policyOfJob(text: string | null): SupervisorJob["policy"] {
  if (text === null) return { configuration: defaultPolicyConfiguration };
  const { configuration, problems } = readPolicyConfiguration(text, file, new Set(catalogue.map((rule) => rule.id)));
  const [first] = problems;
  return first ? { mistake: `${first.file}:${first.line}: ${first.message}` } : { configuration };
}
