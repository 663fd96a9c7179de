import { problem } from "@plumbline/contract";
import { CompiledQuery, Kysely, PostgresDialect, PostgresDriver, sql } from "kysely";
import type { Driver, Transaction } from "kysely";
import pg from "pg";
import type { Log } from "../log.ts";
import { organizationPlugin } from "./organization-plugin.ts";
import { preparingPool } from "./prepared-statements.ts";
import type { Database } from "./schema.gen.ts";
import { postgresTypes } from "./types.ts";

/** A transaction as stores and use cases get it: its organization is set, row-level security is on. */
export type Tx = Transaction<Database>;

/** How to reach one database: as its owner, and as the role of requests and tasks. */
export interface Connections {
  owner: pg.ClientConfig;
  application: pg.ClientConfig;
}

/** The database as the server uses it. */
export interface Db {
  /**
   * Runs `work` in one transaction that sees and writes only rows of this organization. Commits when it returns, rolls
   * back when it throws. Where it loses to another transaction (a deadlock) it is rolled back and done again, so what it
   * does besides must bear that.
   */
  transaction<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction that sees every organization. Only for what cannot know the organization beforehand
   * (who holds this session or token, which job is next, which checks are due): read its id here, go on with `transaction`.
   */
  systemTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Whether the database answers, for readiness. Throws `database_unavailable`. */
  check(): Promise<void>;
  /** Waits for what is under way and closes the connections. Again does nothing. */
  close(): Promise<void>;
}

/** How often a transaction is done that lost to another one. */
const mostAttempts = 4;

/** Whether PostgreSQL gave up this transaction for another one (deadlock, serialization): done again it goes through. */
function lostToAnother(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "40P01" || error.code === "40001");
}

/**
 * How statements are planned: what they read lies in memory nearly always, so that looking up some hundred rows is cheaper
 * than reading a table of ten thousand, which PostgreSQL's own settings, made for turning disks, take it for.
 */
const planning = { random_page_cost: "1.1", work_mem: "16MB" };

/**
 * Begins a transaction and sets whose rows it sees, in one round trip. `true` makes a setting end with its transaction: a
 * connection never carries an organization to the next one.
 */
function beginWith(organizationId: string, system: "on" | "off"): CompiledQuery {
  const settings = { "plumbline.organization_id": organizationId, "plumbline.system": system, ...planning };
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`,
  );
  return CompiledQuery.raw(`begin; select ${calls.join(", ")}`);
}

/** Kysely's dialect, but that a transaction begins with its first statement, which has to be that of `beginWith`. */
class SettingDialect extends PostgresDialect {
  readonly #config: ConstructorParameters<typeof PostgresDialect>[0];

  constructor(config: ConstructorParameters<typeof PostgresDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new SettingDriver(this.#config);
  }
}

class SettingDriver extends PostgresDriver {
  override async beginTransaction(): Promise<void> {}
}

/** Opens the pool of requests and tasks, as role plumbline_application. */
export function openDb(application: pg.ClientConfig, options: { log: Log; size?: number }): Db {
  const pool = openPool(application, { log: options.log, size: options.size ?? 16 });
  const kysely = new Kysely<Database>({ dialect: new SettingDialect({ pool: preparingPool(pool) }) });
  let closed: Promise<void> | undefined;
  const once = <T>(organizationId: string, system: "on" | "off", work: (tx: Tx) => Promise<T>) =>
    kysely.transaction().execute(async (tx) => {
      await tx.executeQuery(beginWith(organizationId, system));
      return work(system === "on" ? tx : tx.withPlugin(organizationPlugin));
    });
  const within = async <T>(organizationId: string, system: "on" | "off", work: (tx: Tx) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(organizationId, system, work);
      } catch (error) {
        if (attempt === mostAttempts || !lostToAnother(error)) throw error;
      }
    }
  };
  return {
    transaction: (organizationId, work) => within(organizationId, "off", work),
    systemTransaction: (work) => within("", "on", work),
    async check() {
      try {
        await sql`select 1`.execute(kysely);
      } catch (cause) {
        throw problem("database_unavailable", "The database does not answer.", { cause });
      }
    },
    close: () => (closed ??= kysely.destroy()),
  };
}

/**
 * A pool whose errors are heard: without these handlers a stop of PostgreSQL (57P01 on an idle connection) would end
 * the process.
 */
export function openPool(config: pg.ClientConfig, options: { log: Log; size: number }): pg.Pool {
  const pool = new pg.Pool({ types: postgresTypes, ...config, max: options.size, idleTimeoutMillis: 30_000 });
  pool.on("error", (error) => options.log.warn("a database connection ended", { error }));
  pool.on("connect", (client) => {
    client.on("error", (error) => options.log.warn("a database connection ended", { error }));
  });
  return pool;
}

/**
 * The connections of a PostgreSQL given by URL. Without a login of its own the application's connections take on the
 * role plumbline_application when they start.
 */
export function connectionsByUrl(url: string, applicationUrl?: string): Connections {
  return {
    owner: { connectionString: url, application_name: "plumbline-owner" },
    application:
      applicationUrl === undefined
        ? { connectionString: url, options: "-c role=plumbline_application", application_name: "plumbline" }
        : { connectionString: applicationUrl, application_name: "plumbline" },
  };
}
