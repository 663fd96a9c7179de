import { readFile } from "node:fs/promises";
import { problem } from "@plumbline/contract";
import { publishedSchemas } from "@plumbline/contract/configuration/schemas/published-schemas";

const folder = new URL("../../../docs/schemas/", import.meta.url);

/**
 * The text of a published JSON Schema. It is the same for everybody and tells nothing of an organization. Throws
 * `not_found` for any other name.
 */
export async function configurationSchema(name: string): Promise<string> {
  const published = publishedSchemas.find((one) => one === name);
  if (published === undefined)
    throw problem("not_found", "There is no such schema.", {
      next: `These are published: ${publishedSchemas.join(", ")}.`,
    });
  return readFile(new URL(published, folder), "utf8");
}
