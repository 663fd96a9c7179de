import { isObject } from "../../../resources/json.ts";
import type { Resource } from "../../../resources/resource.ts";
import { judge } from "../../../vocabulary/condition.ts";
import type { Condition, Match } from "../../../vocabulary/condition.ts";

const attribute = "policy_arn";

/**
 * What is attached is a policy of AWS whose ARN matches. A policy that is made in the same code is none of those, also
 * before its ARN is known.
 */
export function attached(pattern: RegExp): Condition {
  return judge(
    ({ read, resource }): Match[] => {
      const arn = read(attribute);
      if (!arn.known) return isOwnPolicy(resource) ? [] : [{ outcome: "unknown", attribute }];
      return typeof arn.value === "string" && pattern.test(arn.value) ? [{ outcome: "true", attribute }] : [];
    },
    [attribute],
  );
}

function isOwnPolicy({ origins, configured }: Resource): boolean {
  const expression = configured?.expressions[attribute];
  const references = isObject(expression) ? expression["references"] : undefined;
  const named = origins?.get(attribute) ?? (Array.isArray(references) ? references.map(String) : []);
  return named.length > 0 && named.every((name) => /^(?:module\..*\.)?aws_iam_policy\./.test(name));
}
