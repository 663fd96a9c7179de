import { parse } from "yaml";

const prefix = "PLUMBLINE_SERVER__";

/** One setting that came from an environment variable. */
export interface EnvironmentSetting {
  variable: string;
  path: string[];
  value: unknown;
}

/**
 * Settings in the environment: PLUMBLINE_SERVER__LISTEN__PORT=8080 is `listen.port`, PLUMBLINE_SERVER__TLS__CERT_FILE
 * is `tls.certFile`. Values are read as YAML (numbers, true, lists in brackets); what is no YAML is taken as text.
 */
export function environmentSettings(environment: Readonly<Record<string, string | undefined>>): EnvironmentSetting[] {
  return Object.entries(environment)
    .filter(([variable, text]) => variable.startsWith(prefix) && text !== undefined && text !== "")
    .map(([variable, text]) => ({
      variable,
      path: variable.slice(prefix.length).split("__").map(camelCase),
      value: scalar(text ?? ""),
    }))
    .sort((left, right) => (left.variable < right.variable ? -1 : 1));
}

/** The environment variable that sets a key. */
export function variableOf(path: readonly PropertyKey[]): string {
  return (
    prefix +
    path
      .map(String)
      .map((part) => part.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase())
      .join("__")
  );
}

function camelCase(part: string): string {
  return part.toLowerCase().replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function scalar(text: string): unknown {
  try {
    const value: unknown = parse(text);
    const isText = typeof value === "object" && value !== null && !Array.isArray(value);
    return isText ? text : value;
  } catch {
    return text;
  }
}
