import type { PullRequest } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { fixedClock } from "../platform/clock.ts";
import { testApi } from "../testing/test-api.ts";
import { testDatabase } from "../testing/test-database.ts";
import { testSealing } from "../testing/test-sealing.ts";
import { resolveSecrets } from "./phase-secrets.ts";
import type { PhaseRequest } from "./phase-secrets.ts";
import { variableRoutes } from "./variable-routes.ts";
import type { ReferenceChange, VariablesContext } from "./variables-context.ts";

const database = await testDatabase();
const organizationId = await database.organization();
const { newId } = database;
const [repositoryId, personId] = [newId(), newId()];
await database.sql(
  "insert into repositories (organization_id, repository_id, name, forge) values ($1, $2, 'shop', 'builtin')",
  [organizationId, repositoryId],
);
await database.sql(
  "insert into people (organization_id, person_id, name, display_name) values ($1, $2, 'dev', 'Dev')",
  [organizationId, personId],
);
const person: Actor = {
  kind: "person",
  organizationId,
  organization: "acme",
  id: personId,
  name: "dev",
  displayName: "Dev",
  email: null,
  roles: [{ role: "proposer", environments: "dev" }],
  scopes: null,
  via: "session",
};
const signedIn = { actor: person };
const references: ReferenceChange[] = [];
const context: VariablesContext = {
  db: database.db,
  clock: fixedClock("2026-11-22T08:00:00Z"),
  newId,
  sealing: testSealing(),
  mainConfiguration: async () => undefined,
  async openReference(_actor, change): Promise<PullRequest | null> {
    references.push(change);
    return null;
  },
};
const api = await testApi<Actor>({ authenticate: async () => signedIn.actor });
variableRoutes(api, context);
const send = (method: "GET" | "POST" | "PUT", url: string, payload?: object) =>
  api.app.inject({ method, url: `/api/v1/${url}`, ...(payload === undefined ? {} : { payload }) });
const set = (more: object) =>
  send("POST", "variables", {
    repository: "shop",
    environment: "dev",
    component: "database",
    name: "db_password",
    value: "s3cret-1",
    ...more,
  });

const request: PhaseRequest = {
  organizationId,
  repositoryId,
  environment: "dev",
  component: "database",
  phase: "plan",
  sealed: [
    { component: "database", variable: "db_password", version: 2, as: "input", phases: "both" },
    { component: "common", variable: "db_password", version: 9, as: "input", phases: "both" },
    { component: "database", variable: "API_KEY", version: 1, as: "environment", phases: "apply" },
    { component: "shop", variable: "other", version: 7, as: "input", phases: "both" },
  ],
  credentials: "dev",
  inputs: [
    { variable: "vpc_id", value: "vpc-1", sensitive: false },
    { variable: "subnets", value: ["a", "b"], sensitive: false },
    { variable: "login", value: { user: "root", pass: "p4ss\nword" }, sensitive: true },
  ],
};
const resolve = (more: Partial<PhaseRequest>) =>
  database.db.transaction(organizationId, (tx) => resolveSecrets(tx, context, { ...request, ...more }));

test("a new version is stored sealed, referred to by a pull request, and never shown", async () => {
  expect((await set({})).json()).toEqual({ version: 1, pullRequest: null });
  expect((await set({ value: "s3cret-2", ticket: "OPS-1" })).json()).toEqual({ version: 2, pullRequest: null });
  expect((await set({ name: "API_KEY", value: "key-1" })).json().version).toBe(1);
  expect(references[1]).toEqual({
    repositoryId,
    environment: "dev",
    component: "database",
    name: "db_password",
    version: 2,
    ticket: "OPS-1",
  });
  const list = await send("GET", "variables?repository=shop&environment=dev");
  expect(list.json().items[1]).toMatchObject({
    name: "db_password",
    used: null,
    versions: [{ version: 2, setBy: "dev" }, { version: 1 }],
  });
  expect(list.body).not.toContain("s3cret");
  const dump = JSON.stringify(await database.sql("select encode(sealed, 'escape'), * from sealed_variable_versions"));
  const log = JSON.stringify(await database.sql("select canonical from audit_events"));
  expect(dump + log).not.toContain("s3cret");
  expect(log).toContain("stored version 2 of the sealed variable db_password (database) of dev");
});

test("only who has the right in that environment sets variables, and only an administrator credentials", async () => {
  expect((await set({ environment: "prod" })).json().code).toBe("not_allowed");
  expect((await set({ repository: "nowhere" })).json().code).toBe("not_found");
  expect((await send("PUT", "credentials/dev/plan", { variables: {} })).json().code).toBe("not_allowed");
  expect((await send("GET", "credentials")).statusCode).toBe(403);
  signedIn.actor = { ...person, roles: [{ role: "administrator", environments: "*" }] };
  expect((await set({})).json().code).toBe("not_allowed");
  expect(
    (
      await send("PUT", "credentials/dev/plan", {
        variables: { LAB_TOKEN: "read-only-token", LAB_REGION: "eu-west-1" },
      })
    ).statusCode,
  ).toBe(200);
  expect((await send("PUT", "credentials/dev/apply", { variables: { LAB_TOKEN: "old" } })).statusCode).toBe(200);
  expect((await send("PUT", "credentials/dev/apply", { variables: { LAB_TOKEN: "writing-token" } })).statusCode).toBe(
    200,
  );
  const reserved = await send("PUT", "credentials/dev/plan", { variables: { TF_HTTP_ADDRESS: "http://elsewhere" } });
  expect([reserved.statusCode, reserved.json().code]).toEqual([400, "invalid_request"]);
  const list = await send("GET", "credentials");
  expect(
    list.json().items.map(({ phase, variables }: { phase: string; variables: string[] }) => [phase, variables]),
  ).toEqual([
    ["apply", ["LAB_TOKEN"]],
    ["plan", ["LAB_REGION", "LAB_TOKEN"]],
  ]);
  expect(list.body).not.toContain('token"');
});

test("a plan receives the reading credential and what is for plans, an apply what is for applies", async () => {
  const plan = await resolve({});
  expect(plan.secrets.environment).toEqual({
    TF_VAR_vpc_id: "vpc-1",
    TF_VAR_subnets: '["a","b"]',
    TF_VAR_login: '{"user":"root","pass":"p4ss\\nword"}',
    TF_VAR_db_password: "s3cret-2",
    LAB_TOKEN: "read-only-token",
    LAB_REGION: "eu-west-1",
  });
  expect(plan.opened).toEqual({
    credential: "dev",
    variables: [{ component: "database", name: "db_password", version: 2 }],
  });
  const apply = await resolve({ phase: "apply" });
  expect(apply.secrets.environment).toMatchObject({ LAB_TOKEN: "writing-token", API_KEY: "key-1" });
  expect(apply.secrets.environment).not.toHaveProperty("LAB_REGION");
});

test("everything secret is masked, also line by line and as JSON spells it; what is not secret stays readable", async () => {
  const { secrets } = await resolve({});
  for (const secret of ["s3cret-2", "read-only-token", "p4ss\nword", "p4ss\\nword", "p4ss", "root"])
    expect(secrets.mask).toContain(secret);
  for (const plain of ["vpc-1", "eu-west-1", "a", ""]) expect(secrets.mask).not.toContain(plain);
});

test("a reference to a version that was never stored says where it stands", async () => {
  const wrong = [{ component: "database", variable: "db_password", version: 5, as: "input", phases: "both" }] as const;
  await expect(resolve({ sealed: wrong })).rejects.toMatchObject({
    code: "configuration_wrong",
    message: "environments/dev/sealed.yaml names version 5 of db_password (database), which was never stored.",
  });
});
