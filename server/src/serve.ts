import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { problem, Problem } from "@plumbline/contract";
import { exitCodeOf } from "@plumbline/contract/exit-code";
import { z } from "zod";
import { compose } from "./compose.ts";
import { organizationIsTaken } from "./organizations/add-organization.ts";
import { setUpOrganization } from "./people/set-up-organization.ts";
import { systemClock } from "./platform/clock.ts";
import { readConfig } from "./platform/config/index.ts";
import { openDatabase } from "./platform/database/index.ts";
import { idMaker } from "./platform/ids.ts";
import { openLog } from "./platform/log.ts";

/** How the server is started. */
export interface ServeOptions {
  /** Relative paths count from it: where the program was called. */
  folder: string;
  configFile: string | undefined;
  setUpFile: string | undefined;
  /** Print one line of JSON with the address once it is ready. */
  json: boolean;
}

const SetUp = z.object({
  organization: z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/),
  administrator: z.object({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,38}$/),
    displayName: z.string().min(1),
    email: z.email(),
    password: z.string().min(10),
  }),
});

/** Runs the server until SIGINT or SIGTERM. A problem at the start is printed with what to do; 78 or 1 is its end. */
export async function serve(options: ServeOptions): Promise<void> {
  try {
    await run(options);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.title}: ${error.message}\n${error.next}\n`);
    process.exitCode = exitCodeOf(error.code);
  }
}

async function run(options: ServeOptions): Promise<void> {
  const config = readConfig({
    ...(options.configFile === undefined ? {} : { file: options.configFile }),
    env: process.env,
    cwd: options.folder,
  });
  // Standard output is for what was asked for; the log goes to standard error.
  const log = openLog({ level: config.log.level, destination: process.stderr });
  const database = await openDatabase(config.database, log);
  const newId = idMaker(systemClock);
  const webDir = config.webDir ?? builtPages();
  const server = await compose({
    config: { ...config, ...(webDir === undefined ? {} : { webDir }) },
    database,
    log,
    clock: systemClock,
    newId,
    processMetrics: true,
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  try {
    if (options.setUpFile !== undefined)
      await setUp(resolve(options.folder, options.setUpFile), {
        db: database.db,
        newId,
        sessionLifetime: config.sessions.lifetime,
      });
    const url = await server.start();
    process.stdout.write(readyText(options.json, url, config.publicUrl, await server.openSetUp()));
    const reason = await Promise.race([
      stopSignal(),
      ...(database.embedded ? [database.embedded.ended.then(({ reason: how }) => how)] : []),
    ]);
    log.info("stopping", { reason });
  } finally {
    await server.stop();
    await database.close();
  }
}

/** What is printed once it is ready. The set-up secret is for eyes only: programs are told its file. */
function readyText(
  json: boolean,
  url: string,
  publicUrl: string,
  setUpNeeded: { secret: string; file: string } | undefined,
): string {
  if (json) return `${JSON.stringify({ url, ...(setUpNeeded ? { setUpSecretFile: setUpNeeded.file } : {}) })}\n`;
  const ready = `Plumbline is ready: ${url}\n`;
  if (setUpNeeded === undefined) return ready;
  return `${ready}
Nothing is set up yet. Open ${publicUrl}/setup and enter this set-up secret:

    ${setUpNeeded.secret}

It is also in ${setUpNeeded.file}, and works until the first organization is made or the server starts again.
`;
}

function builtPages(): string | undefined {
  const folder = resolve(import.meta.dirname, "../../web/dist");
  return existsSync(join(folder, "index.html")) ? folder : undefined;
}

async function setUp(file: string, context: Parameters<typeof setUpOrganization>[0]): Promise<void> {
  const parsed = SetUp.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw problem("config_invalid", `${file}: ${z.prettifyError(parsed.error)}`);
  const { organization, administrator } = parsed.data;
  if (!(await organizationIsTaken(context.db, organization)))
    await setUpOrganization(context, organization, administrator);
}

function stopSignal(): Promise<string> {
  return new Promise((resolve_) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve_(signal));
  });
}
