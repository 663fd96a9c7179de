import { readFile } from "node:fs/promises";
import type { publishedSchemas } from "@plumbline/contract/configuration/published-schemas";

const folder = new URL("../../../docs/schemas/", import.meta.url);

/** The text of a published JSON Schema. It is the same for everybody and tells nothing of an organization. */
export async function configurationSchema(name: (typeof publishedSchemas)[number]): Promise<string> {
  return readFile(new URL(name, folder), "utf8");
}
