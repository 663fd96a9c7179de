import { problem } from "@plumbline/contract/errors";
import { isObject, objectsAt, stringAt } from "../resources/json.ts";
import type { RunProgram } from "./run-program.ts";

/**
 * Why a builtin is refused; undefined for those that policies may use. Refused is what reaches outside of the
 * evaluation: the network, the name service, the process's environment. `net.cidr_*` only calculate.
 */
export function reasonOfRefusal(builtin: string): string | undefined {
  if (builtin === "opa.runtime") return "policies do not see the environment of the process that evaluates them.";
  if (builtin.startsWith("http.") || (builtin.startsWith("net.") && !builtin.startsWith("net.cidr_")))
    return "policies have no network; keep what it would fetch in a data file beside the policy.";
  return undefined;
}

/** OPA's own list of what it can do, as JSON text, without what policies may not do. */
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
    (builtin) => reasonOfRefusal(stringAt(builtin, "name") ?? "") === undefined,
  );
  return JSON.stringify({ ...capabilities, builtins, allow_net: [] });
}
