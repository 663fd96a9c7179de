import { problem } from "@plumbline/contract/errors";
import { isObject } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { readDataFiles } from "./data-files.ts";
import { evaluatePolicies } from "./evaluate.ts";
import { withoutExempted } from "./exceptions.ts";
import { limitsFor } from "./limits.ts";
import { preparePolicies } from "./prepare.ts";
import type { RegoInput, RegoResult, RegoSubject } from "./rego-input.ts";
import { redactor } from "./redact.ts";
import { toFindings } from "./results.ts";
import { runProgram } from "./run-program.ts";

/** Runs the repository's policies in OPA over the plan and over each of its resources. */
export async function judgeByRego(input: RegoInput, subject: RegoSubject): Promise<RegoResult> {
  const { opa, files, root, directory, run = runProgram } = input;
  const { policies, failures } = preparePolicies(files, root === undefined ? {} : { root });
  const read = readDataFiles(files, root);
  failures.push(...read.failures);
  if (!policies.some(({ rules }) => rules.length > 0)) return { findings: [], policies: policies.length, failures };
  if (opa === "") {
    const message = "The Rego policies were not evaluated: there is no OPA here.";
    return { findings: [], policies: 0, failures: [...failures, problem("policy_unjudged", message)] };
  }
  const { plan, resources, timeoutMs } = subject;
  const asked = JSON.stringify({ plan: isObject(plan) ? plan : {}, resources: resources.map(toInput) });
  const limits = limitsFor(timeoutMs, resources.length, asked.length);
  const evaluation = await evaluatePolicies(policies, read.data, asked, { opa, run, directory, limits });
  return {
    findings: toFindings(withoutExempted(evaluation.values), evaluation.evaluated, resources, redactor(plan)),
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
