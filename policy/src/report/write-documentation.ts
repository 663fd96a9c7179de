// Writes docs/rules, docs/schemas/scan.schema.json and rules/rule-ids.gen.ts anew: npm run docs -w policy. A test fails
// while they are out of step.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { scanReportJsonSchema } from "./report-schema.ts";
import { ruleIdsFile } from "./rule-ids-file.ts";
import { rulePages } from "./rule-pages.ts";

const docs = new URL("../../../docs/", import.meta.url);
const folder = new URL("rules/", docs);
mkdirSync(folder, { recursive: true });
const pages = rulePages();
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(new URL(name, folder));
for (const [name, text] of pages) writeFileSync(new URL(name, folder), text);
writeFileSync(new URL("schemas/scan.schema.json", docs), JSON.stringify(scanReportJsonSchema(), null, 2));
writeFileSync(new URL("../rules/rule-ids.gen.ts", import.meta.url), ruleIdsFile());
