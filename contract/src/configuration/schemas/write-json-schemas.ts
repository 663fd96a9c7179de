// Writes docs/schemas anew: npm run schemas -w contract. A test fails while they are out of step.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { configurationJsonSchemas } from "./json-schemas.ts";

const root = new URL("../../../../", import.meta.url);
const folder = new URL("docs/schemas/", root);
mkdirSync(folder, { recursive: true });
for (const [file, schema] of Object.entries(configurationJsonSchemas()))
  writeFileSync(new URL(file.replace(/yaml$/, "json"), folder), JSON.stringify(schema, null, 2));
copyFileSync(new URL("policy/schema/plumbline-policy.schema.json", root), new URL("plumbline-policy.json", folder));
