import { readArguments } from "../platform/read-arguments.ts";

const help = `Backs an installation of Plumbline up, and restores it.

Usage:
  node server/src/backup/main.ts write --config FILE --output FILE    while the server runs, or while it does not
  node server/src/backup/main.ts restore --config FILE BACKUP         into an empty installation, its server stopped

  --config FILE   the server's configuration: where its database, its data and its root key are
  --output FILE   where the backup is written; it may not exist yet
  --json          print one line of JSON at the end

A backup holds everything but the root key, sealed under it. Keep the root key apart: without it no backup can be read.
`;

const { values, positionals } = readArguments(
  {
    options: {
      config: { type: "string" },
      output: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  },
  help,
);

const [act, file] = positionals;
if (values.help || (act !== "write" && act !== "restore")) {
  process.stdout.write(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  // As the server does: what is imported next would read configuration from the folder in which somebody calls this.
  const folder = process.cwd();
  process.chdir("/");
  const { runBackup } = await import("./run-backup.ts");
  await runBackup({
    act,
    folder,
    file: act === "write" ? values.output : file,
    configFile: values.config,
    json: values.json,
  });
}
