import type { IncomingMessage } from "node:http";
import type { JsonObject } from "../kinds/attribute.ts";
import { CloudError } from "./cloud-error.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** Reads a request's body as text. @throws CloudError 413 beyond 1 MB */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new CloudError(413, "too_large", "The body is larger than 1 MB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Reads a request's body as a JSON object. @throws CloudError 400 when it is not one */
export async function readJsonObject(request: IncomingMessage): Promise<JsonObject> {
  const text = await readText(request);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Falls through to the same answer: what came is not a JSON object.
  }
  throw new CloudError(400, "not_json", "The body must be a JSON object.");
}
