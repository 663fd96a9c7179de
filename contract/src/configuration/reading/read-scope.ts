import { ScopeCategory } from "../../scope.ts";
import type { ScopeDeclaration } from "../configuration.ts";
import type { EnvironmentFile } from "../schemas/schemas.ts";
import type { YamlFile } from "./yaml-file.ts";

/** The parts that `scope:` of a file says need not be code, with the line of each. */
export function readScope(yaml: YamlFile, scope: NonNullable<EnvironmentFile["scope"]>): ScopeDeclaration[] {
  return ScopeCategory.options.flatMap((category) => {
    const declared = scope[category];
    if (declared === undefined) return [];
    return [{ category, reason: declared.not_needed, place: yaml.keyPlace(["scope", category]) }];
  });
}
