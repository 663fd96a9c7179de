import {
  listChannels,
  listClients,
  listControlCatalogues,
  listCredentials,
  listDriftCases,
  listMainCommits,
  listPeople,
  listPullRequests,
  listRepositories,
  listRunners,
  listRuns,
  listTokens,
  listWorkspaces,
} from "@plumbline/contract";
import type { CallInput, Endpoint, ResponseOf } from "@plumbline/contract";
import type { Client } from "../connection/client.ts";
import { readText } from "../connection/exchange.ts";
import type { NameKind } from "./kinds.ts";

/** A name, and what stands beside it where a shell shows it. */
export type Named = readonly [name: string, summary: string];

/** Somebody waits with a finger on the tab key, or for an error's advice: after so many milliseconds there are no names. */
const patience = 2_000;
/** Of what is numbered the newest are named. */
const newest = 50;

/**
 * Names of a kind. `connect` is called where the server knows them. Throws where it does not answer in time or nobody is
 * signed in.
 */
export async function knownNames(connect: () => Promise<Client>, kind: NameKind): Promise<Named[]> {
  return finders[kind](connect);
}

type Finder = (connect: () => Promise<Client>) => Promise<Named[]>;

const finders: Record<NameKind, Finder> = {
  workspaces: asked(listWorkspaces, { query: { limit: 1000 } }, ({ items }) =>
    items.map(({ name, state }) => [name, state.replaceAll("_", " ")]),
  ),
  environments: asked(listRepositories, {}, ({ items }) => distinct(items.flatMap(({ environments }) => environments))),
  components: asked(listRepositories, {}, ({ items }) => distinct(items.flatMap(({ components }) => components))),
  repositories: asked(listRepositories, {}, ({ items }) => distinct(items)),
  "pull-requests": asked(listPullRequests, { query: { limit: newest } }, ({ items }) =>
    items.map(({ number, state, title }) => [String(number), `${state}: ${title}`]),
  ),
  runs: asked(listRuns, { query: { limit: newest } }, ({ items }) =>
    items.map(({ number, kind, status, workspace }) => [String(number), `${kind} ${workspace}, ${status}`]),
  ),
  cases: asked(listDriftCases, { query: { limit: newest } }, ({ items }) =>
    items.map(({ number, status, title }) => [String(number), `${status}: ${title}`]),
  ),
  commits: findCommits,
  clients: asked(listClients, {}, ({ items }) => distinct(items)),
  people: asked(listPeople, {}, ({ items }) => items.map(({ name, displayName }) => [name, displayName])),
  roles: findRoles,
  runners: asked(listRunners, {}, ({ items }) => items.map(({ name, environments }) => [name, environments.join(" ")])),
  credentials: asked(listCredentials, {}, ({ items }) => distinct(items)),
  channels: asked(listChannels, {}, ({ items }) => items.map(({ name, kind }) => [name, kind])),
  tokens: asked(listTokens, {}, ({ items }) => items.map(({ id, name }) => [id, name])),
  scopes: async () => {
    const { TokenScope } = await import("@plumbline/contract/access");
    return TokenScope.options.map((scope) => [scope, ""]);
  },
  catalogues: asked(listControlCatalogues, {}, ({ items }) => items.map(({ slug, title }) => [slug, title])),
  rules: async () => {
    const { allRules } = await import("../rules/find-rule.ts");
    return allRules().map(({ id, title }) => [id, title]);
  },
  actions: async () => {
    const { auditActions } = await import("@plumbline/contract/audit-actions");
    return Object.values(auditActions).flatMap((actions) => Object.entries(actions));
  },
  pages: findPages,
};

/** Names that stand in the answer of one call. */
function asked<E extends Endpoint>(endpoint: E, input: CallInput<E>, read: (answer: ResponseOf<E>) => Named[]): Finder {
  return async (connect) => read(await load(await connect(), endpoint, input));
}

/** Commits of main of every repository, by their whole ids. */
async function findCommits(connect: () => Promise<Client>): Promise<Named[]> {
  const client = await connect();
  const { items } = await load(client, listRepositories, {});
  const commits = await Promise.all(
    items.map(({ name }) => load(client, listMainCommits, { params: { repository: name } })),
  );
  return commits.flatMap((found) => found.items.map(({ id, subject }): Named => [id, subject]));
}

/** Roles, and each for one environment as `approver:prod`, where the environments are known. */
async function findRoles(connect: () => Promise<Client>): Promise<Named[]> {
  const { Role } = await import("@plumbline/contract/access");
  const environments = await finders.environments(connect).catch(() => []);
  return Role.options.flatMap((role): Named[] => [
    [role, "all environments"],
    ...environments.map(([name]): Named => [`${role}:${name}`, ""]),
  ]);
}

/** Pages of the web, then what has one of its own. */
async function findPages(connect: () => Promise<Client>): Promise<Named[]> {
  const { pageNames } = await import("../open/page-of.ts");
  const things = await Promise.all(
    (["pull-requests", "workspaces"] as const).map((kind) => finders[kind](connect).catch(() => [])),
  );
  return [...pageNames.map((name): Named => [name, "page"]), ...things.flat()];
}

function distinct(items: readonly { name: string }[]): Named[] {
  return [...new Set(items.map(({ name }) => name))].map((name) => [name, ""]);
}

async function load<E extends Endpoint>(client: Client, endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
  const pieces = await client.open(endpoint, input, AbortSignal.timeout(patience));
  return JSON.parse(await readText(pieces)) as ResponseOf<E>;
}
