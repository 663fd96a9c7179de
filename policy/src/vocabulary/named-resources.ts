import type { Condition } from "./condition.ts";
import { holds } from "./condition.ts";
import { statementsOf } from "./statement.ts";
import type { Statement } from "./statement.ts";

/**
 * The attribute is an IAM document with a statement for which the test is true. What is known only after apply counts as
 * the name of something that is not made yet, as the ARN of a role is: such a name is never everything there is.
 */
export function namedStatement(path: string, test: (statement: Statement) => boolean): Condition {
  return holds(path, "text", (value) => (statementsOf(value) ?? []).some(test));
}
