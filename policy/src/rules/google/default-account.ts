import { isObject } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";
import type { Condition, Match } from "../../vocabulary/condition.ts";
import { judge } from "../../vocabulary/condition.ts";
import { parsePath } from "../../vocabulary/path.ts";
import { isReference } from "../../vocabulary/referenced.ts";
import { textOf } from "../../vocabulary/text.ts";

/** The two accounts a project has from the beginning; unless somebody took that away they may edit all of it. */
const defaults = /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/;
const askedFor = /^data\.google_(?:compute|app_engine)_default_service_account\./;

/** The attribute names no service account, or a default one. An account that is made in the code is none. */
export function isDefaultAccount(path: string): Condition {
  return judge(
    ({ read, resource }): Match[] => {
      const value = read(path);
      if (value.known)
        return value.value === null ||
          ["", "default"].includes(textOf(value.value)) ||
          defaults.test(textOf(value.value))
          ? [{ outcome: "true", attribute: path }]
          : [];
      const steps = parsePath(path);
      if (referencesOf(resource.configured?.expressions, steps).some((name) => askedFor.test(name)))
        return [{ outcome: "true", attribute: path }];
      if (isReference(resource, steps) || (resource.origins?.get(path) ?? []).length > 0) return [];
      return [{ outcome: "unknown", attribute: path }];
    },
    [path],
  );
}

function referencesOf(expressions: Json | undefined, steps: readonly (string | number)[]): string[] {
  let found = expressions;
  for (const step of steps) {
    const block: Json | undefined = Array.isArray(found) ? found[0] : found;
    found = isObject(block) ? block[step] : undefined;
  }
  const references = isObject(found) ? found["references"] : undefined;
  return Array.isArray(references) ? references.map(textOf) : [];
}
