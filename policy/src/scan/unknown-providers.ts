import { objectsAt, stringAt } from "../resources/json.ts";
import { hasOwnRules } from "../rules/load-rules.ts";
import type { ScanUnknown } from "./scan-report.ts";

/** Providers that make nothing in a cloud: values, files, waits. */
const helpers = new Set(["terraform", "random", "null", "time", "local", "archive", "external", "http", "tls"]);

/** Tells, once for each, the providers of which no rule looks at any resource: that nothing was found there says nothing. */
export function unknownProviders(
  plan: unknown,
  places: Readonly<Record<string, { file: string; line: number }>>,
): ScanUnknown[] {
  const found = new Map<string, { address: string; count: number }>();
  for (const change of objectsAt(plan, "resource_changes")) {
    const type = stringAt(change, "type") ?? "";
    const [provider = ""] = type.split("_", 1);
    if (change["mode"] !== "managed" || helpers.has(provider) || hasOwnRules(type)) continue;
    const known = found.get(provider) ?? { address: stringAt(change, "address") ?? "", count: 0 };
    found.set(provider, { ...known, count: known.count + 1 });
  }
  return [...found].map(([provider, { address, count }]) => ({
    address,
    what: `no rule knows the provider ${provider}, so ${count === 1 ? "its resource was" : `its ${count} resources were`} not judged by one`,
    ...(Object.hasOwn(places, address) ? places[address] : {}),
  }));
}
