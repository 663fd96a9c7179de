import { Problem } from "@plumbline/contract";
import { exitCodeOf } from "@plumbline/contract/exit-code";
import { readConfig } from "./platform/config/index.ts";
import { askReady } from "./platform/http/ask-ready.ts";
import { readArguments } from "./platform/read-arguments.ts";

const help = `Tells whether the server on this machine is ready, as a container's health check needs it.

Usage: node server/src/ready-main.ts [--config FILE]

  --config FILE   the server's configuration: where it listens, and whether it ends TLS itself

Ends with 0 when it is ready, else with 1 and what is missing.
`;

const { values } = readArguments({ options: { config: { type: "string" }, help: { type: "boolean" } } }, help);

if (values.help) process.stdout.write(help);
else {
  try {
    const { config: file } = values;
    const missing = await askReady(readConfig({ ...(file === undefined ? {} : { file }), env: process.env }));
    if (missing !== undefined) {
      process.stderr.write(`${missing}\n`);
      process.exitCode = 1;
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.title}: ${error.message}\n${error.next}\n`);
    process.exitCode = exitCodeOf(error.code);
  }
}
