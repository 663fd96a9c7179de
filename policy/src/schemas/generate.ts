import { writeFileSync } from "node:fs";
import { catalogue } from "../rules/catalogue.ts";
import { typesOfPackages } from "./from-packages.ts";
import { typesOfProvider } from "./from-provider.ts";
import { typesNamed } from "./names.ts";
import { providerTables } from "./providers.ts";
import type { ProviderTable } from "./providers.ts";

/*
 * Writes `<provider>.json`: names and types of the attributes and blocks of every resource type that a rule names.
 *
 *   node policy/src/schemas/generate.ts            all of them
 *   node policy/src/schemas/generate.ts azurerm    one, after rules have come to name a new type
 *
 * `aws` asks the provider (terraform on PATH, a filesystem mirror), the others download npm packages (see providers.ts).
 */

function write(table: ProviderTable): void {
  const wanted = typesNamed(catalogue, table.prefix);
  const { types, versions } =
    table.packages.length === 0 ? typesOfProvider(table, wanted) : typesOfPackages(table, wanted);
  const [version = "", ...older] = versions;
  const content = {
    provider: table.source,
    version,
    ...(older.length > 0 ? { olderVersions: older.join(", ") } : {}),
    licence: `Names and types from the schema of the Terraform provider, MPL-2.0, ${table.repository}`,
    resources: Object.fromEntries(
      Object.keys(types)
        .sort()
        .map((type) => [type, types[type]]),
    ),
  };
  writeFileSync(new URL(`${table.name}.json`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
  const missing = [...wanted].filter((type) => !Object.hasOwn(types, type));
  process.stdout.write(`${table.name}: ${Object.keys(types).length} resource types of ${versions.join(", ")}\n`);
  if (missing.length > 0) process.stdout.write(`  not in it: ${missing.join(", ")}\n`);
}

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !providerTables.some((table) => table.name === name));
if (unknown !== undefined)
  throw new Error(`${unknown} has no table; there are ${providerTables.map(({ name }) => name).join(", ")}.`);
for (const table of providerTables) if (asked.length === 0 || asked.includes(table.name)) write(table);
