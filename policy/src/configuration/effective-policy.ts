import type { Severity } from "@plumbline/contract/findings";
import { matchesPattern } from "./matches-pattern.ts";
import { defaultBaselineDays } from "./policy-configuration.ts";
import type { PolicyConfiguration, PolicyParameters, PolicyScope, RuleSwitch } from "./policy-configuration.ts";
import { boundParameters, boundRules } from "./under-organization.ts";

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
 * Lays the whole file's part, the layer's and the environment's over each other, in each of them first what the
 * organization says. Of rules and parameters the narrower wins, the environment over the layer, and so it is with the
 * days of a baseline; what blocks only ever adds up. What the organization sets on, a repository cannot weaken.
 */
export function effectivePolicy(
  configuration: PolicyConfiguration,
  environment: string,
  layer: string,
): EffectivePolicy {
  const own = scopesFor(configuration, environment, layer);
  const { organization } = configuration;
  if (organization === undefined) return lay(own.flat(), configuration.baselineMaxDays);
  const outer = scopesFor(organization, environment, layer);
  const laid = lay(
    own.flatMap((scopes, index) => [...(outer[index] ?? []), ...scopes]),
    configuration.baselineMaxDays,
  );
  const wanted = lay(outer.flat(), organization.baselineMaxDays);
  return {
    ...laid,
    rules: boundRules(wanted.rules, laid.rules),
    parameters: boundParameters(wanted, laid.parameters),
  };
}

/** What holds everywhere, before layers and environments say more. */
export function wholePolicy(configuration: PolicyConfiguration): EffectivePolicy {
  const { organization } = configuration;
  const whole = { environments: {}, layers: {} };
  return effectivePolicy(
    {
      ...configuration,
      ...whole,
      ...(organization === undefined ? {} : { organization: { ...organization, ...whole } }),
    },
    "",
    "",
  );
}

/** The scopes that hold for a workspace: those of the whole file, of its layer, of its environment. */
function scopesFor(configuration: PolicyConfiguration, environment: string, layer: string): PolicyScope[][] {
  const own = Object.hasOwn(configuration.layers, layer) ? configuration.layers[layer] : undefined;
  return [
    [configuration],
    own ? [own] : [],
    Object.entries(configuration.environments)
      .filter(([pattern]) => matchesEnvironment(pattern, environment))
      .sort(([left], [right]) => Number(right.includes("*")) - Number(left.includes("*")))
      .map(([, scope]) => scope),
  ];
}

/** The widest scope first. */
function lay(scopes: readonly PolicyScope[], maxDays: number): EffectivePolicy {
  return {
    rules: Object.assign({}, ...scopes.map((scope) => scope.rules)),
    parameters: Object.assign({}, ...scopes.map((scope) => scope.parameters)),
    block: new Set<Severity>(["critical", "high", ...scopes.flatMap((scope) => scope.block)]),
    blockOld: scopes.some((scope) => scope.blockOld === true),
    baselineDays: Math.min(
      scopes.findLast((scope) => scope.baselineDays !== undefined)?.baselineDays ?? defaultBaselineDays,
      maxDays,
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
