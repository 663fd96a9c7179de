import { describeKeys } from "../../contract/src/configuration/schemas/describe-keys.ts";
import type { ConfigurationKey } from "../../contract/src/configuration/schemas/describe-keys.ts";
import { RunnerConfigFile } from "../../runner/src/config-schema.ts";
import { runnerVariables } from "../../runner/src/config.ts";
import { variableOf } from "../../server/src/platform/config/index.ts";
import { ConfigFile } from "../../server/src/platform/config/schema.ts";
import { cell, code } from "./cells.ts";

/** docs/configuration.md: every key of the server's and the runner's configuration, from their schemas. */
export function configurationPage(): string {
  const runnerVariable = ({ path }: ConfigurationKey) =>
    Object.entries(runnerVariables).find(([, key]) => key === path)?.[0];
  return `# Configuration

<!-- Made by \`npm run docs\` from the schemas; a test fails while it is out of step. -->

Both programs read a YAML (or JSON) file; \`deploy/config\` holds an example of each, with comments. A key that is not known
is refused, with the line and what was probably meant. Durations are written \`15s\`, \`15m\`, \`2h\` or \`7d\`; sizes are bytes.

What a repository says (\`plumbline.yaml\`, environments, policies) is on [its own page](repository.md) and in its JSON Schemas in
\`docs/schemas\`.

## Server

\`node server/src/main.ts --config FILE\`, or \`plumb server --config FILE\`. Every key has a default: an empty file is a valid
one. Relative paths count from the file's folder. An environment variable stands above the file; its value is read as YAML
(a list in brackets, say).

${table(describeKeys(ConfigFile), ({ path, type }) => (type.endsWith("mapping") ? undefined : variableOf(path.split("."))))}

## Runner

\`node runner/src/main.ts FILE\`, or \`plumb runner FILE\`; the file may also be named by \`PLUMBLINE_RUNNER_CONFIG\`. Paths are
absolute. Give \`token\` or \`tokenFile\`.

${table(describeKeys(RunnerConfigFile), runnerVariable)}
`;
}

function table(keys: readonly ConfigurationKey[], variableFor: (key: ConfigurationKey) => string | undefined): string {
  const rows = keys.map((key) => {
    const variable = variableFor(key);
    const byDefault = key.default === undefined ? (key.required ? "required" : "") : code(key.default);
    return [code(key.path), key.type, byDefault, variable === undefined ? "" : code(variable), cell(key.meaning)];
  });
  return [
    "| Key | Type | Default | Environment variable | Meaning |",
    "|---|---|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}
