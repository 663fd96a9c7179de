import type { Severity } from "@plumbline/contract/findings";
import { matchesPattern } from "./matches-pattern.ts";
import { defaultBaselineDays } from "./policy-configuration.ts";
import type { PolicyConfiguration, PolicyParameters, PolicyScope, RuleSwitch } from "./policy-configuration.ts";

/** What holds for one workspace. */
export interface EffectivePolicy {
  rules: Readonly<Record<string, RuleSwitch>>;
  parameters: PolicyParameters;
  block: ReadonlySet<Severity>;
  /** Findings that were there before block at once, too. */
  blockOld: boolean;
  /** Days that a finding which was there before is only reported. */
  baselineDays: number;
}

/**
 * Lays the repository's part, the layer's and the environment's over each other. Of rules and parameters the narrower
 * wins, the environment over the layer, and so it is with the days of a baseline; what blocks only ever adds up.
 */
export function effectivePolicy(
  configuration: PolicyConfiguration,
  environment: string,
  layer: string,
): EffectivePolicy {
  const own = Object.hasOwn(configuration.layers, layer) ? configuration.layers[layer] : undefined;
  const scopes: PolicyScope[] = [
    configuration,
    ...(own ? [own] : []),
    ...Object.entries(configuration.environments)
      .filter(([pattern]) => matchesEnvironment(pattern, environment))
      .sort(([left], [right]) => Number(right.includes("*")) - Number(left.includes("*")))
      .map(([, scope]) => scope),
  ];
  return {
    rules: Object.assign({}, ...scopes.map((scope) => scope.rules)),
    parameters: Object.assign({}, ...scopes.map((scope) => scope.parameters)),
    block: new Set<Severity>(["critical", "high", ...scopes.flatMap((scope) => scope.block)]),
    blockOld: scopes.some((scope) => scope.blockOld === true),
    baselineDays: Math.min(
      scopes.findLast((scope) => scope.baselineDays !== undefined)?.baselineDays ?? defaultBaselineDays,
      configuration.baselineMaxDays,
    ),
  };
}

/** `prod`, `globex/*` or `*`: a star stands for any part of a name without slashes; a lone one for every environment. */
export function matchesEnvironment(pattern: string, environment: string): boolean {
  if (pattern === "*") return true;
  const patterns = pattern.split("/");
  const names = environment.split("/");
  return patterns.length === names.length && patterns.every((part, index) => matchesPattern(part, names[index] ?? ""));
}
