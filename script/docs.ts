// Writes the pages in docs/ that are made from schemas and contract anew: npm run docs.
import { writeFileSync } from "node:fs";
import { generatedPages } from "./documentation/pages.ts";

for (const [name, page] of Object.entries(generatedPages))
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), page());
