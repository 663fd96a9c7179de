import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { problem } from "@plumbline/contract/errors";

const largest = 400 * 1_048_576;
const patience = 10 * 60_000;

/**
 * Reads a file of a release: from an absolute path, `file://`, `https://`, or `http://` on this machine. Nothing is
 * kept of it. Throws `tool_refused` where it cannot be had, is larger than 400 MiB, or comes over plain HTTP.
 */
export async function fetchReleaseFile(address: string): Promise<Uint8Array> {
  if (address.startsWith("/")) return readLocal(address);
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw problem("tool_refused", `${address} is neither an absolute path nor an address.`);
  }
  if (url.protocol === "file:") return readLocal(decodeURIComponent(url.pathname));
  requireTls(url);
  return download(url);
}

async function readLocal(path: string): Promise<Uint8Array> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) throw problem("tool_refused", `${path} is not a file that can be read.`);
  if (info.size > largest) throw problem("tool_refused", `${path} is larger than 400 MiB.`);
  return readFile(path);
}

function requireTls(url: URL): void {
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && isHere)) return;
  throw problem("tool_refused", `${url.origin} is not reached by https.`);
}

async function download(url: URL): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(patience), headers: { "user-agent": "plumbline" } });
  } catch (cause) {
    const why = cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : "";
    throw problem("tool_refused", `${url.href} cannot be reached: ${why}.`, { cause });
  }
  requireTls(new URL(response.url));
  if (!response.ok || response.body === null)
    throw problem("tool_refused", `${url.href} was answered with ${response.status}.`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > largest) throw problem("tool_refused", `${url.href} is larger than 400 MiB.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** SHA-256 of bytes, in hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
