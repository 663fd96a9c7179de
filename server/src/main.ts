import { enableCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";
import { readArguments } from "./platform/read-arguments.ts";

const help = `The server of Plumbline.

Usage: node server/src/main.ts [--config FILE] [--set-up FILE] [--json]

  --config FILE   configuration, YAML or JSON; keys may also be set as PLUMBLINE_SERVER__… environment variables
  --set-up FILE   JSON with the first organization and its administrator, made where they do not exist yet:
                  {"organization": "acme", "administrator": {"name", "displayName", "email", "password"}}
  --json          print one line of JSON with the address once it is ready
`;

// Compiled code is kept between starts; it must be on before anything large is imported.
enableCompileCache();

// The old generation is collected when half as much has been added to what is in use, not three times as much (decision 19).
setFlagsFromString("--heap-growing-percent=50");

const { values } = readArguments(
  {
    options: {
      config: { type: "string" },
      "set-up": { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  },
  help,
);

if (values.help) process.stdout.write(help);
else {
  // A package that is imported next would read configuration of its own from the folder in which somebody calls this, and
  // end where that folder may not be read, as root's home for the service's user.
  const folder = process.cwd();
  process.chdir("/");
  const { serve } = await import("./serve.ts");
  await serve({ folder, configFile: values.config, setUpFile: values["set-up"], json: values.json });
}
