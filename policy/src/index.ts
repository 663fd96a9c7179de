export { checkProgram } from "./check-program.ts";
export type { CheckRequest } from "./check-request.ts";
export { effectivePolicy } from "./configuration/effective-policy.ts";
export type { EffectivePolicy } from "./configuration/effective-policy.ts";
export { defaultPolicyConfiguration } from "./configuration/policy-configuration.ts";
export type {
  PolicyConfiguration,
  PolicyParameters,
  PolicyScope,
  RuleSwitch,
} from "./configuration/policy-configuration.ts";
export { readPolicyConfiguration } from "./configuration/read-policy-configuration.ts";
export type { ConfigurationProblem } from "./configuration/read-policy-configuration.ts";
export { readWaivers } from "./gate/read-waivers.ts";
export { standingOf } from "./gate/standing.ts";
export { judgePlan } from "./judging/judge-plan.ts";
export { judgeValues } from "./judging/judge-values.ts";
export type { JudgeValuesInput, LiveVerdict } from "./judging/judge-values.ts";
export type { JudgeInput, Judgement } from "./judging/judgement.ts";
export { lintRules } from "./lint/lint-rules.ts";
export { findOpa } from "./rego/find-opa.ts";
export type { RegoInput } from "./rego/rego-input.ts";
export { runProgram } from "./rego/run-program.ts";
export type { ProgramResult, RunOptions, RunProgram } from "./rego/run-program.ts";
export type { LintRule, Rule } from "./rule.ts";
export { catalogue } from "./rules/catalogue.ts";
export { ruleIds } from "./rules/rule-ids.ts";
