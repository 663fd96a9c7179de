import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { Terminal } from "../terminal/terminal.ts";

/** What is kept about one server. `id` and `expiresAt` are unknown (null) for a token that was made elsewhere. */
export interface Credential {
  token: string;
  id: string | null;
  organization: string;
  name: string;
  expiresAt: string | null;
}

/** The file: which server is meant when none is named, and a token for each. */
export interface Credentials {
  current: string | null;
  servers: Record<string, Credential>;
}

/** `$XDG_CONFIG_HOME/plumbline/credentials.json`, else below `~/.config`. */
export function credentialsPath(env: Terminal["env"]): string {
  const configured = env["XDG_CONFIG_HOME"];
  const folder = configured?.startsWith("/") ? configured : join(env["HOME"] ?? homedir(), ".config");
  return join(folder, "plumbline", "credentials.json");
}

/** Reads the file; empty where there is none. Throws where others may read it, or it is not what we wrote. */
export function readCredentials(path: string): Credentials {
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (info === undefined) return { current: null, servers: {} };
  if (!info.isFile()) throw unusable(path, "is not a file", "Remove it, then sign in again with plumb login.");
  if (process.platform !== "win32" && (info.mode & 0o077) !== 0)
    throw unusable(path, "can be read or written by other users", `Run: chmod 600 '${path}'. Then replace the token.`);
  const parsed = parse(readFileSync(path, "utf8"));
  if (parsed === undefined)
    throw unusable(path, "is not readable as credentials", "Remove it, then sign in again with plumb login.");
  return parsed;
}

/** Writes the file for its owner alone (0600, its folder 0700), so that a reader sees the old or the new one whole. */
export function writeCredentials(path: string, credentials: Credentials): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${process.pid}.tmp`;
  rmSync(next, { force: true });
  writeFileSync(next, `${JSON.stringify(credentials, undefined, 2)}\n`, {
    mode: 0o600,
    flag: "wx",
  });
  chmodSync(next, 0o600);
  renameSync(next, path);
}

function unusable(path: string, what: string, next: string) {
  return problem("config_invalid", `${path} ${what}.`, { next });
}

function parse(text: string): Credentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isObject(value["servers"])) return undefined;
  const servers: Record<string, Credential> = {};
  for (const [url, entry] of Object.entries(value["servers"])) {
    if (!isObject(entry) || typeof entry["token"] !== "string") return undefined;
    servers[url] = {
      token: entry["token"],
      id: textOrNull(entry["id"]),
      organization: textOrNull(entry["organization"]) ?? "",
      name: textOrNull(entry["name"]) ?? "",
      expiresAt: textOrNull(entry["expiresAt"]),
    };
  }
  return { current: textOrNull(value["current"]), servers };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
