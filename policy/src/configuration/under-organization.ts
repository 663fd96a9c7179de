import { worse } from "../judging/severity.ts";
import type { PolicyConfiguration, PolicyParameters, RuleSwitch } from "./policy-configuration.ts";

/** The parameter by which a rule judges: who may not switch the rule off may not empty the parameter either. */
const parameterOf: Readonly<Record<string, keyof PolicyParameters>> = {
  "required-tags": "required_tags",
  "resource-naming": "naming",
  "allowed-regions": "allowed_regions",
  "allowed-networks": "allowed_networks",
};

/**
 * Lays a repository's configuration over that of its organization. What caps is the smaller of both; every scanner that
 * either wants has to run, as the organization wants it where both do. `effectivePolicy` lays the scopes.
 */
export function underOrganization(own: PolicyConfiguration, organization: PolicyConfiguration): PolicyConfiguration {
  const wanted = organization.scanners ?? [];
  const names = new Set(wanted.map(({ name }) => name));
  return {
    ...own,
    organization,
    baselineMaxDays: Math.min(own.baselineMaxDays, organization.baselineMaxDays),
    waiverMaxDays: Math.min(own.waiverMaxDays, organization.waiverMaxDays),
    rego: { timeoutMs: Math.max(own.rego.timeoutMs, organization.rego.timeoutMs) },
    scanners: [...wanted, ...(own.scanners ?? []).filter(({ name }) => !names.has(name))],
  };
}

/**
 * A repository's switches where the organization's are binding: what it sets `on` or gives a severity stays on and is
 * not made milder. `on` alone keeps the rule's own severity, of which only critical is surely no milder one.
 */
export function boundRules(
  organization: Readonly<Record<string, RuleSwitch>>,
  laid: Readonly<Record<string, RuleSwitch>>,
): Record<string, RuleSwitch> {
  const rules = { ...laid };
  for (const [id, wanted] of Object.entries(organization)) if (wanted.enabled) rules[id] = bound(wanted, laid[id]);
  return rules;
}

function bound(wanted: RuleSwitch, laid: RuleSwitch | undefined): RuleSwitch {
  const said = laid?.severity;
  if (laid?.enabled !== true || said === undefined) return wanted;
  if (wanted.severity !== undefined) return { enabled: true, severity: worse(wanted.severity, said) };
  return said === "critical" ? { enabled: true, severity: said } : wanted;
}

/** The parameters, where those of rules that the organization binds are the organization's. */
export function boundParameters(
  organization: { rules: Readonly<Record<string, RuleSwitch>>; parameters: PolicyParameters },
  laid: PolicyParameters,
): PolicyParameters {
  const parameters: PolicyParameters[] = [laid];
  for (const [id, name] of Object.entries(parameterOf)) {
    const value = organization.parameters[name];
    if (organization.rules[id]?.enabled === true && value !== undefined) parameters.push({ [name]: value });
  }
  return Object.assign({}, ...parameters);
}
