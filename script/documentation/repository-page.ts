import { readFileSync } from "node:fs";
import { describeKeys } from "../../contract/src/configuration/schemas/describe-keys.ts";
import type { ConfigurationKey } from "../../contract/src/configuration/schemas/describe-keys.ts";
import { EnvironmentFile, RepositoryFile, SealedFile } from "../../contract/src/configuration/schemas/schemas.ts";
import { cell, code } from "./cells.ts";

const page = new URL("../../docs/repository.md", import.meta.url);
const schemas = { "plumbline.yaml": RepositoryFile, "environment.yaml": EnvironmentFile, "sealed.yaml": SealedFile };

/**
 * docs/repository.md: as it is written, with the keys of each file from its schema between `<!-- keys of plumbline.yaml … -->`
 * and `<!-- end of keys -->`.
 */
export function repositoryPage(): string {
  let text = readFileSync(page, "utf8");
  for (const [file, schema] of Object.entries(schemas)) {
    const begin = `<!-- keys of ${file}: made by \`npm run docs\` from its schema; a test fails while they are out of step -->`;
    const end = "<!-- end of keys -->";
    const from = text.indexOf(begin);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0)
      throw new Error(`docs/repository.md has no place for the keys of ${file}: ${begin} … ${end}`);
    text = `${text.slice(0, from + begin.length)}\n\n${table(describeKeys(schema))}\n\n${text.slice(to)}`;
  }
  return text;
}

function table(keys: readonly ConfigurationKey[]): string {
  const rows = keys.map(({ path, type, default: byDefault, required, example, meaning }) => [
    code(path),
    cell(type),
    byDefault === undefined ? (required ? "required" : "") : code(byDefault),
    example === undefined ? "" : code(example),
    cell(meaning.replaceAll(/[\w/.-]*<[\w<>/.-]*\w|\{[^}]+\}/g, (word) => `\`${word}\``)),
  ]);
  return [
    "| Key | Type | Default | Example | Meaning |",
    "|---|---|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}
