import { readFileSync } from "node:fs";
import { describeIssue } from "@plumbline/contract/configuration/schemas/describe-issue";
import { problem } from "@plumbline/contract/errors";
import { parse } from "yaml";
import type { z } from "zod";
import { RunnerConfigFile } from "./config-schema.ts";

/** The runner's configuration, complete. */
export type RunnerConfig = Omit<z.infer<typeof RunnerConfigFile>, "token" | "tokenFile" | "egress"> & {
  token: string;
  egress: { names: Record<string, string>; allow: { init: string[]; plan: string[]; apply: string[] } };
};

/** Environment variables that win over the file. */
export const runnerVariables = {
  PLUMBLINE_SERVER: "server",
  PLUMBLINE_RUNNER_TOKEN: "token",
  PLUMBLINE_RUNNER_TOKEN_FILE: "tokenFile",
  PLUMBLINE_RUNNER_DATA: "dataDirectory",
} as const;

const longestDataDirectory = 50;

/** Reads the file (YAML or JSON; absent: the environment alone) and the environment. Throws `config_invalid` naming the key. */
export function readRunnerConfig(file: string | undefined, environment: NodeJS.ProcessEnv): RunnerConfig {
  const where = file ?? "the environment";
  let raw: unknown;
  try {
    raw = file === undefined ? {} : parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw problem(
      "config_invalid",
      `${where} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    throw problem("config_invalid", `${where} has to be a map of keys, such as "server: https://…".`);
  const fromEnvironment = Object.entries(runnerVariables).flatMap(([name, key]) => {
    const value = environment[name];
    return value === undefined || value === "" ? [] : [[key, value]];
  });
  const result = RunnerConfigFile.safeParse({ ...raw, ...Object.fromEntries(fromEnvironment) });
  if (!result.success) {
    const mistakes = result.error.issues.flatMap((issue) => describeIssue(issue, RunnerConfigFile, raw));
    throw problem("config_invalid", mistakes.map(({ text }) => `${where}: ${text}`).join("\n"));
  }
  return complete(result.data, where);
}

function complete(parsed: z.infer<typeof RunnerConfigFile>, where: string): RunnerConfig {
  const { token, tokenFile, egress, ...rest } = parsed;
  const wrong = (key: string, message: string) => problem("config_invalid", `${where}: ${key}: ${message}`);
  if ((token === undefined) === (tokenFile === undefined)) throw wrong("token", "give either token or tokenFile");
  if (rest.sandbox === "none" && rest.sandboxReason === undefined)
    throw wrong("sandboxReason", "sandbox: none needs a reason, which people will see");
  if (rest.dataDirectory.length > longestDataDirectory)
    throw wrong(
      "dataDirectory",
      `must be at most ${longestDataDirectory} characters, because unix sockets stand below it`,
    );
  const server = new URL(rest.server);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(server.hostname);
  if (server.protocol === "http:" && !isLoopback) throw wrong("server", "must be https beyond this machine");
  const declared = Object.keys(egress.names).map((name) => `${name}:*`);
  const given = Array.isArray(egress.allow)
    ? { init: egress.allow, plan: egress.allow, apply: egress.allow }
    : egress.allow;
  const allow = { init: given.init, plan: [...given.plan, ...declared], apply: [...given.apply, ...declared] };
  const value = token ?? readToken(tokenFile ?? "", where);
  return { ...rest, token: value, egress: { names: lowerNames(egress.names), allow } };
}

function readToken(file: string, where: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw problem("config_invalid", `${where}: tokenFile: ${file} cannot be read.`, {
      cause,
      next: "Register the runner (plumb runners register NAME), put its token there, and let the runner's user read it.",
    });
  }
  // It becomes a header: what is no token would fail much later, and less clearly.
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw problem("config_invalid", `${where}: tokenFile: ${file} has to hold the token in one line, and nothing else.`);
}

function lowerNames(names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([name, address]) => [name.toLowerCase(), address]));
}
