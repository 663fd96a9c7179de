import { isValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import type { Value } from "@plumbline/providers/dynamic-value/dynamic-value";
import type { Diagnostic } from "@plumbline/providers/protocol/value-messages";
import { errorDiagnostic } from "./diagnostic.ts";

export type Settings = { endpoint: string; account: string; token: string };

/** Each setting with the environment variable that stands in for it. */
const SETTINGS = { endpoint: "LAB_ENDPOINT", account: "LAB_ACCOUNT", token: "LAB_TOKEN" } as const;

/** Joins the provider block and the environment (the block wins); says what is missing or wrong. */
export function readSettings(config: Value, env: NodeJS.ProcessEnv): Settings | Diagnostic[] {
  const given = isValueObject(config) ? config : {};
  const settings: Settings = { endpoint: "", account: "", token: "" };
  const problems: Diagnostic[] = [];
  for (const name of ["endpoint", "account", "token"] as const) {
    const value = given[name] ?? env[SETTINGS[name]];
    if (typeof value === "string" && value !== "") settings[name] = value;
    else
      problems.push(
        errorDiagnostic(
          `The lab provider has no ${name}`,
          `Set "${name}" in the provider block, or ${SETTINGS[name]} in the environment.`,
          [name],
        ),
      );
  }
  const wrong = settings.endpoint === "" ? undefined : endpointProblem(settings.endpoint);
  if (wrong !== undefined) problems.push(errorDiagnostic("The lab provider's endpoint is wrong", wrong, ["endpoint"]));
  return problems.length > 0 ? problems : { ...settings, endpoint: settings.endpoint.replace(/\/+$/, "") };
}

function endpointProblem(endpoint: string): string | undefined {
  const url = URL.parse(endpoint);
  if (url?.protocol === "http:" && url.hostname !== "") return undefined;
  return `"${endpoint}" is not an address such as http://lab.internal:8090. The Lab Cloud speaks plain HTTP.`;
}
