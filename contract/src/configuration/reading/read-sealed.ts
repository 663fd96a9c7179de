import type { SealedReference } from "../configuration.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { unknownComponent } from "./known-components.ts";
import type { KnownComponents } from "./known-components.ts";
import { problemAt } from "../problem.ts";
import { SealedFile } from "../schemas/schemas.ts";
import { validateFile } from "./validate.ts";
import { quote, readYamlFile } from "./yaml-file.ts";

/** Reads sealed.yaml of an environment's folder: sorted by component and variable. */
export function readSealed(
  path: string,
  text: string | undefined,
  known: KnownComponents,
  problems: ConfigurationProblem[],
): SealedReference[] {
  if (text === undefined) return [];
  const yaml = readYamlFile(`${path}/sealed.yaml`, text);
  problems.push(...yaml.problems);
  if (yaml.value === null) return [];
  const file = validateFile(yaml, SealedFile, problems);
  if (file === undefined) return [];
  const references: SealedReference[] = [];
  for (const [component, variables] of Object.entries(file)) {
    const unknown = component === "common" ? undefined : unknownComponent(component, known, ["common"]);
    if (unknown !== undefined) problems.push(problemAt(yaml.keyPlace([component]), ...unknown));
    for (const [variable, { version, as = "input", phases = "both" }] of Object.entries(variables)) {
      const place = yaml.keyPlace([component, variable]);
      if (as === "environment" && /^(?:TF_|TOFU_|LD_|PATH$|HOME$|NODE_)/.test(variable))
        problems.push(problemAt(place, `${quote(variable)} belongs to the engine and cannot be set; choose as: input`));
      if (as === "input" && phases !== "both")
        problems.push(
          problemAt(place, `${quote(variable)} is an input, which plan and apply both need: phases must be both`),
        );
      references.push({ component, variable, version, as, phases, place });
    }
  }
  return references.toSorted(
    (left, right) => compare(left.component, right.component) || compare(left.variable, right.variable),
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
