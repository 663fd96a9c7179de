import { isIP } from "node:net";
import { unsafePattern } from "@plumbline/contract/configuration/pattern";
import type { PolicyParameters } from "./policy-configuration.ts";
import { entriesOf, scalarOf, stringsOf } from "./yaml-nodes.ts";
import type { Report } from "./yaml-nodes.ts";

export const parameterKeys = ["required_tags", "allowed_regions", "naming", "max_resources", "allowed_networks"];

/** `parameters:` of a scope. A list that is empty or a pattern that is no regular expression is reported. */
export function readParameters(node: unknown, report: Report): PolicyParameters {
  const parameters: { -readonly [key in keyof PolicyParameters]: PolicyParameters[key] } = {};
  for (const [key, value, keyNode] of entriesOf(node, "parameters", report)) {
    if (key === "required_tags" || key === "allowed_regions")
      parameters[key] = stringsOf(value ?? keyNode, key, report).map((item) => item.value);
    else if (key === "allowed_networks") parameters.allowed_networks = readNetworks(value ?? keyNode, report);
    else if (key === "max_resources") {
      const most = scalarOf(value);
      if (typeof most === "number" && Number.isInteger(most) && most > 0) parameters.max_resources = most;
      else report(value ?? keyNode, "max_resources must be a whole number above 0.");
    } else if (key === "naming") parameters.naming = readNaming(value, report);
    else report(keyNode, `Unknown parameter ${JSON.stringify(key)}; known are ${parameterKeys.join(", ")}.`);
  }
  return parameters;
}

/** Networks as `10.0.0.0/8` or `2001:db8::/32`. */
function readNetworks(node: unknown, report: Report): string[] {
  return stringsOf(node, "allowed_networks", report).flatMap((item) => {
    const [address = "", length = ""] = item.value.split("/");
    const most = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) !== 0 && /^\d{1,3}$/.test(length) && Number(length) <= most) return [item.value];
    report(item.node, `allowed_networks: ${JSON.stringify(item.value)} is no network; write it as 10.0.0.0/8.`);
    return [];
  });
}

function readNaming(node: unknown, report: Report): Record<string, string> {
  const naming: Record<string, string> = {};
  for (const [type, value, keyNode] of entriesOf(node, "naming", report)) {
    const pattern = scalarOf(value);
    // Names are compared with these on every check: no pattern that can run for ever on a crafted name.
    const fault = typeof pattern === "string" ? unsafePattern(pattern) : "must be a regular expression";
    if (fault !== undefined) report(value ?? keyNode, `naming.${type} ${fault}.`);
    else naming[type] = String(pattern);
  }
  return naming;
}
