import { problem } from "@plumbline/contract/errors";
import { isObject, objectsAt, stringAt } from "../resources/json.ts";
import type { RunProgram } from "./run-program.ts";

/** Builtins that reach outside of the evaluation: network, name service, the process's environment. */
const refused = new Set(["http.send", "net.lookup_ip_addr", "opa.runtime"]);

/** OPA's own list of what it can do, as JSON text, without what policies may not do. `net.cidr_*` only calculate and stay. */
export async function restrictedCapabilities(opa: string, run: RunProgram, directory: string): Promise<string> {
  const result = await run(opa, ["capabilities", "--current"], { timeoutMs: 10_000, directory });
  let capabilities: unknown;
  try {
    capabilities = JSON.parse(result.stdout);
  } catch {
    capabilities = undefined;
  }
  if (result.exitCode !== 0 || !isObject(capabilities) || objectsAt(capabilities, "builtins").length === 0)
    throw problem(
      "policy_unjudged",
      `OPA (${opa}) does not tell what it can do: ${result.stderr.trim().slice(0, 500) || "no answer"}`,
    );
  const builtins = objectsAt(capabilities, "builtins").filter(
    (builtin) => !refused.has(stringAt(builtin, "name") ?? ""),
  );
  return JSON.stringify({ ...capabilities, builtins, allow_net: [] });
}
