import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role, RoleBinding, TokenScope } from "@plumbline/contract";
import { compose } from "../compose.ts";
import { createPerson } from "../people/manage-people.ts";
import { createToken } from "../people/manage-tokens.ts";
import { setUpOrganization } from "../people/set-up-organization.ts";
import { signIn } from "../people/sign-in.ts";
import { systemClock } from "../platform/clock.ts";
import { readConfig } from "../platform/config/index.ts";
import { openListener } from "../platform/database/listen.ts";
import { openLog } from "../platform/log.ts";
import { testDatabase } from "./test-database.ts";

/** The whole server on a port of its own, with an organization and one person for each role. */
export interface TestServer {
  url: string;
  /** The header of somebody with this role everywhere; with scopes, of a token narrowed to them. */
  credentials(role: Role, scopes?: TokenScope[]): Promise<Record<string, string>>;
  /** The header of somebody with these roles, added where he is not there yet. */
  person(name: string, roles: readonly RoleBinding[]): Promise<Record<string, string>>;
  /** One statement as the database's owner. */
  sql(text: string, values?: readonly unknown[]): Promise<unknown>;
  /** The header of an administrator of another organization. */
  foreignAdministrator(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

const password = "a long enough password";

/**
 * Starts the composed server on a database of its own. Call it at the top level of a test file, and stop it after. `more`:
 * settings by the names of their environment variables.
 */
export async function startTestServer(more: Record<string, string> = {}): Promise<TestServer> {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), "plumbline-server-"));
  const log = openLog({ level: "silent" });
  const listener = openListener(database.connections.application, log);
  const config = readConfig({
    env: {
      PLUMBLINE_SERVER__LISTEN__PORT: "0",
      PLUMBLINE_SERVER__DATA_DIR: folder,
      PLUMBLINE_SERVER__LIMITS__REQUESTS_PER_MINUTE: "1000000",
      ...more,
    },
  });
  const server = await compose({
    config,
    database: { db: database.db, listener, connections: database.connections },
    log,
    clock: systemClock,
    newId: database.newId,
    processMetrics: false,
  });
  const url = await server.start();
  const context = { db: database.db, newId: database.newId, sessionLifetime: 3600 };
  const first = (name: string) => ({ name: "first", displayName: "First", email: `first@${name}.example`, password });
  await setUpOrganization(context, "acme", first("acme"));
  await setUpOrganization(context, "globex", first("globex"));
  const { actor: administrator } = await signIn(context, { organization: "acme", name: "first", password });
  const tokens = new Map<string, string>();
  const tokenOf = async (organization: string, name: string, scopes: TokenScope[]) => {
    const key = [organization, name, ...scopes].join();
    let token = tokens.get(key);
    if (token === undefined) {
      const { actor } = await signIn(context, { organization, name, password });
      ({ token } = await createToken(context, actor, { name: key, scopes, expiresInDays: 1 }));
      tokens.set(key, token);
    }
    return { authorization: `Bearer ${token}` };
  };
  const people = new Set<string>();
  const addOnce = async (name: string, roles: readonly RoleBinding[]) => {
    if (people.has(name)) return;
    people.add(name);
    const email = `${name}@acme.example`;
    const person = { name, displayName: name, email, addresses: [], password, roles: [...roles] };
    await createPerson(context, administrator, person);
  };
  return {
    url,
    async credentials(role, scopes = ["all"]) {
      const name = `some-${role}`;
      await addOnce(name, [{ role, environments: "*" }]);
      return tokenOf("acme", name, scopes);
    },
    async person(name, roles) {
      await addOnce(name, roles);
      return tokenOf("acme", name, ["all"]);
    },
    sql: (text, values) => database.sql(text, values),
    foreignAdministrator: () => tokenOf("globex", "first", ["all"]),
    async stop() {
      await server.stop();
      await listener.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
