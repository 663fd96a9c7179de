import { judge, not } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";

/**
 * The code itself sets the top-level attribute or block; a plan shows the provider's default as a value too, and a block
 * that Azure has filled. Where no code came with the values (a state), nothing counts as written.
 */
export function written(attribute: string): Condition {
  return judge(
    ({ resource: { configured } }) =>
      configured &&
      (Object.hasOwn(configured.expressions, attribute) || configured.dynamicBlocks?.has(attribute) === true)
        ? [{ outcome: "true", attribute }]
        : [],
    [attribute],
  );
}

/** The code does not set the attribute, so that the provider's default holds. */
export function leftOut(attribute: string): Condition {
  return not(written(attribute));
}
