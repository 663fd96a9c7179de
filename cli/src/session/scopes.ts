import { TokenScope } from "@plumbline/contract";
import { UsageFault } from "../command/faults.ts";

/** Scopes as people write them. Throws a usage fault that names those there are. */
export function readScopes(texts: readonly string[]): TokenScope[] {
  return texts.map((text) => {
    const scope = TokenScope.safeParse(text);
    if (!scope.success)
      throw new UsageFault(`There is no scope “${text}”.`, `Choose of ${TokenScope.options.join(", ")}.`);
    return scope.data;
  });
}
