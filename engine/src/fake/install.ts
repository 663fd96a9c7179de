import { readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { FakeScenario } from "./scenario.ts";

/**
 * Writes a fake engine that plays `scenario` to `file`: one executable that needs nothing beside it but a `node` on PATH,
 * so that it can be mounted into a sandbox like the real program.
 */
export function installFakeEngine(file: string, scenario: FakeScenario): void {
  const source = stripTypeScriptTypes(readFileSync(new URL("fake-main.ts", import.meta.url), "utf8"));
  const start = `process.exitCode = await fakeEngine(${JSON.stringify(scenario)}, process.argv.slice(2));\n`;
  writeFileSync(file, `#!/usr/bin/env node\n${source}\n${start}`, { mode: 0o755 });
}
