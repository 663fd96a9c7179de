import { isObject } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { evaluatePolicies } from "./evaluate.ts";
import { preparePolicies } from "./prepare.ts";
import type { RegoInput, RegoResult, RegoSubject } from "./rego-input.ts";
import { redactor } from "./redact.ts";
import { toFindings } from "./results.ts";
import { runProgram } from "./run-program.ts";

/** The time limit is for so many resources; larger plans get more of it. */
const resourcesPerLimit = 500;

/** Runs the repository's policies in OPA over the plan and over each of its resources. */
export async function judgeByRego(input: RegoInput, subject: RegoSubject): Promise<RegoResult> {
  const { policies, failures } = preparePolicies(input.files);
  if (policies.length === 0) return { findings: [], policies: 0, failures };
  const evaluation = await evaluatePolicies(
    policies,
    { plan: isObject(subject.plan) ? subject.plan : {}, resources: subject.resources.map(toInput) },
    {
      opa: input.opa,
      run: input.run ?? runProgram,
      directory: input.directory,
      timeoutMs: subject.timeoutMs * Math.max(1, Math.ceil(subject.resources.length / resourcesPerLimit)),
    },
  );
  return {
    findings: toFindings(evaluation.values, evaluation.evaluated, subject.resources, redactor(subject.plan)),
    policies: evaluation.evaluated.length,
    failures: [...failures, ...evaluation.failures],
  };
}

/** What `input` is for policies about single resources. */
function toInput(resource: Resource): JsonObject {
  return {
    address: resource.address,
    module_address: resource.moduleAddress,
    resource_type: resource.type,
    name: resource.name,
    provider_name: resource.provider,
    planned_values: resource.values,
    after_unknown: resource.unknown,
    ...(resource.index === undefined ? {} : { index: resource.index }),
  };
}
