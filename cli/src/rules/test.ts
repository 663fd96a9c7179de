import { checkExamples } from "@plumbline/policy/examples/check-examples";
import { catalogue } from "@plumbline/policy/rules/catalogue";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { plural } from "../terminal/words.ts";
import { findRule } from "./find-rule.ts";

/** `plumb rules test [ID]`: fails where an example does not do what it should. */
export function testRules(context: Context, id: string | undefined): void {
  const outcomes = checkExamples(id === undefined ? catalogue : [withExamples(id)]);
  const failed = outcomes.filter(({ passed }) => !passed);
  context.print({ examples: outcomes.length, failed }, (result, look) => [
    ...result.failed.map(
      ({ rule, example, fired }) =>
        `${look.paint("red", "failed")}  ${rule}, ${example} example: ${fired.length === 0 ? "nothing fired" : `fired: ${fired.join(", ")}`}`,
    ),
    result.failed.length === 0
      ? `${plural(result.examples, "example")} as they should be.`
      : `${plural(result.failed.length, "example")} of ${result.examples} failed.`,
  ]);
  if (failed.length > 0) context.fail();
}

function withExamples(id: string) {
  const rule = findRule(id);
  if ("examples" in rule) return rule;
  throw new UsageFault(`${id} is a rule over sources: it has no examples to run.`, "Its tests are in policy/src/lint.");
}
