import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { problem, Problem } from "@plumbline/contract";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { openGit } from "../forges/builtin/git.ts";
import { allOrganizations } from "../organizations/find-organization.ts";
import { readConfig } from "../platform/config/index.ts";
import type { Config } from "../platform/config/index.ts";
import { openDb, reachOwner } from "../platform/database/index.ts";
import { openLog } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import { readRootKeyFile } from "../platform/sealing/index.ts";
import { restoreBackup } from "./restore-backup.ts";
import { writeBackup } from "./write-backup.ts";

/** What is asked for on the command line. */
export interface BackupRequest {
  act: "write" | "restore";
  /** Relative paths count from it: where the program was called. */
  folder: string;
  file: string | undefined;
  configFile: string | undefined;
  json: boolean;
}

/** Runs one act to its end. A problem is printed with what to do, and ends it with 1. */
export async function runBackup(request: BackupRequest): Promise<void> {
  try {
    const { act, folder, configFile } = request;
    const config = readConfig({
      ...(configFile === undefined ? {} : { file: configFile }),
      env: process.env,
      cwd: folder,
    });
    const log = openLog({ level: "error", destination: process.stderr });
    if (request.file === undefined)
      throw act === "write"
        ? problem("invalid_request", "--output is missing.", { next: "plumb backup --config FILE --output FILE" })
        : problem("invalid_request", "The backup's file is missing.", { next: "plumb restore --config FILE BACKUP" });
    const file = resolve(folder, request.file);
    const answer = act === "write" ? await write(config, log, file) : await restore(config, log, file);
    process.stdout.write(request.json ? `${JSON.stringify(answer)}\n` : `${answer.text}\n`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.title}: ${error.message}\n${error.next}\n`);
    process.exitCode = 1;
  }
}

interface Answer {
  text: string;
  createdAt: string;
  keyId: string;
}

const onProgress = (part: string): void => void process.stderr.write(`plumbline: ${part}\n`);

async function write(config: Config, log: Log, file: string): Promise<Answer> {
  if (existsSync(file))
    throw problem("wrong_status", `${file} is there already.`, { next: "Name a file that is not." });
  const rootKey = readRootKeyFile(config.rootKey.file, { mayCreate: false });
  const database = await reachOwner(config.database, log);
  const { owner, place } = database;
  onProgress(`the database is ${place}`);
  try {
    const now = new Date();
    const git = openGit(config.tools.git ?? "git");
    const { header } = await writeBackup({ owner, dataDir: config.dataDir, rootKey, git, now, onProgress }, file);
    await noteInAudit(
      owner,
      log,
      "backup.written",
      `a backup of the installation was written, sealed under ${header.keyId}`,
    );
    const size = Math.ceil(statSync(file).size / 1024);
    return {
      ...header,
      text: `${file}: ${size} KiB, as of ${header.createdAt}, sealed under root key ${header.keyId}`,
    };
  } finally {
    await database.stop();
  }
}

async function restore(config: Config, log: Log, file: string): Promise<Answer> {
  if (!existsSync(file)) throw problem("not_found", `There is no ${file}.`, { next: "Name a backup." });
  if (!existsSync(config.rootKey.file))
    throw problem(
      "config_invalid",
      `rootKey.file: there is no ${config.rootKey.file}. A backup opens with its own root key.`,
      {
        next: "Put the copy of the root key there first, for the server's user only; nothing was restored.",
      },
    );
  const rootKey = readRootKeyFile(config.rootKey.file, { mayCreate: false });
  const database = await reachOwner(config.database, log);
  const { owner, isEmbedded, place } = database;
  onProgress(`the database is ${place}`);
  try {
    const { dataDir, publicUrl } = config;
    const git = openGit(config.tools.git ?? "git");
    const target = { owner, applicationMayLogIn: isEmbedded, dataDir, publicUrl, rootKey, git, log, onProgress };
    const header = await restoreBackup(target, file);
    await noteInAudit(
      owner,
      log,
      "backup.restored",
      `the installation was restored from its backup of ${header.createdAt}`,
    );
    return { ...header, text: `Restored as of ${header.createdAt} into ${place}. Start the server.` };
  } finally {
    await database.stop();
  }
}

/** Every organization's log says that its data was copied, or set back. */
async function noteInAudit(
  owner: Parameters<typeof openDb>[0],
  log: Log,
  action: "backup.written" | "backup.restored",
  text: string,
): Promise<void> {
  const db = openDb(owner, { log, size: 1 });
  try {
    for (const { id, name } of await allOrganizations(db))
      await db.transaction(id, (tx) => recordAudit(tx, systemActor(id, name), { action, text }));
  } finally {
    await db.close();
  }
}
