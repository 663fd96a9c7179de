import { isObject } from "../../resources/json.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { Condition, JudgeContext, Match } from "../../vocabulary/condition.ts";

/** A subscription, a management group, or all of them; not a resource group or less. */
const wide = /^(?:\/|\/subscriptions\/[^/]+\/?|\/providers\/microsoft\.management\/managementgroups\/[^/]+\/?)$/i;

/** As code names them, where the value is not known before apply. */
const wideReference = /^(?:data\.)?azurerm_(?:subscription|management_group)\.[\w-]+(?:\[[^\]]*\])?(?:\.id)?$/;

/** The scope, or one of a list of scopes, is a subscription or more. */
export function pointsAtSubscription(attribute: string): Condition {
  return judge((context) => judgeScope(context, attribute), [attribute]);
}

function judgeScope({ read, resource }: JudgeContext, attribute: string): Match[] {
  const value = read(attribute);
  if (value.known) {
    const scopes = Array.isArray(value.value) ? value.value : [value.value];
    return scopes.some((scope) => typeof scope === "string" && wide.test(scope))
      ? [{ outcome: "true", attribute }]
      : [];
  }
  const expression = resource.configured?.expressions[attribute];
  const references = isObject(expression) && Array.isArray(expression["references"]) ? expression["references"] : [];
  const texts = references.filter((reference) => typeof reference === "string");
  if (texts.length === 0 || texts.some((text) => /^(?:var|local|module|each|data\.external)\b/.test(text)))
    return [{ outcome: "unknown", attribute }];
  return texts.some((text) => wideReference.test(text)) ? [{ outcome: "true", attribute }] : [];
}
