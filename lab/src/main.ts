import { join } from "node:path";
import { parseArgs } from "node:util";
import { readOrCreateKeys } from "./cloud/key-file.ts";
import { startLabCloud } from "./cloud/lab-cloud.ts";

const HELP = `Starts the Lab Cloud, a small HTTP cloud with a console page.

Usage: node lab/src/main.ts --data DIR [--port N] [--host ADDRESS] [--accounts dev,test,uat,prod] [--json]

  --data DIR       folder that keeps cloud.json (resources, activity) and keys.json (made on the first start)
  --port N         default 8090; 0 takes a free one
  --host ADDRESS   default 127.0.0.1; the console has no login, so think before you change it
  --accounts LIST  accounts to make keys for on the first start; default dev,test,uat,prod
  --json           print one line of JSON with url, consoleUrl and keys once it is ready

Ctrl-C stops it; started again it goes on where it was.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      port: { type: "string", default: "8090" },
      host: { type: "string", default: "127.0.0.1" },
      accounts: { type: "string", default: "dev,test,uat,prod" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (values.help || values.data === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const accounts = values.accounts.split(",").filter((account) => account !== "");
  const keys = readOrCreateKeys(join(values.data, "keys.json"), accounts);
  const cloud = await startLabCloud({
    port,
    host: values.host,
    dataFile: join(values.data, "cloud.json"),
    keys,
    accounts,
  });
  const consoleUrl = `${cloud.url}/console`;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ url: cloud.url, consoleUrl, keys })}\n`
      : `Lab Cloud on ${cloud.url}, console on ${consoleUrl}, keys in ${join(values.data, "keys.json")}\n`,
  );
  const stop = () => void cloud.stop().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

try {
  await main();
} catch (error) {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    taken ? "The port is taken; choose another with --port.\n" : `The lab cloud cannot start: ${reason}\n`,
  );
  process.exitCode = 1;
}
