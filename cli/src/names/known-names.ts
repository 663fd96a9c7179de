import {
  listDriftCases,
  listPeople,
  listPullRequests,
  listRepositories,
  listRunners,
  listRuns,
  listWorkspaces,
} from "@plumbline/contract";
import type { CallInput, Endpoint, ResponseOf } from "@plumbline/contract";
import type { Client } from "../connection/client.ts";
import { readText } from "../connection/exchange.ts";
import type { NameKind } from "./kinds.ts";

/** A name, and what stands beside it where a shell shows it. */
type Named = readonly [name: string, summary: string];

/** Somebody waits with a finger on the tab key, or for an error's advice: after so many milliseconds there are no names. */
const patience = 2_000;

/** Names of a kind that the server knows; of what is numbered the newest. Throws where it does not answer in time. */
export async function knownNames(client: Client, kind: NameKind): Promise<Named[]> {
  return finders[kind](client);
}

const finders: Record<NameKind, (client: Client) => Promise<Named[]>> = {
  workspaces: async (client) =>
    (await load(client, listWorkspaces, { query: { limit: 1000 } })).items.map(({ name, state }) => [
      name,
      words(state),
    ]),
  environments: async (client) => distinct((await repositories(client)).flatMap(({ environments }) => environments)),
  components: async (client) => distinct((await repositories(client)).flatMap(({ components }) => components)),
  repositories: async (client) => distinct(await repositories(client)),
  "pull-requests": async (client) =>
    (await load(client, listPullRequests, { query: { limit: 50 } })).items.map(({ number, state, title }) => [
      String(number),
      `${state}: ${title}`,
    ]),
  runs: async (client) =>
    (await load(client, listRuns, { query: { limit: 50 } })).items.map(({ number, kind, status, workspace }) => [
      String(number),
      `${kind} ${workspace}, ${status}`,
    ]),
  cases: async (client) =>
    (await load(client, listDriftCases, { query: { limit: 50 } })).items.map(({ number, status, title }) => [
      String(number),
      `${status}: ${title}`,
    ]),
  people: async (client) =>
    (await load(client, listPeople, {})).items.map(({ name, displayName }) => [name, displayName]),
  runners: async (client) =>
    (await load(client, listRunners, {})).items.map(({ name, environments }) => [name, environments.join(" ")]),
};

async function repositories(client: Client) {
  return (await load(client, listRepositories, {})).items;
}

function distinct(items: readonly { name: string }[]): Named[] {
  return [...new Set(items.map(({ name }) => name))].map((name) => [name, ""]);
}

function words(state: string): string {
  return state.replaceAll("_", " ");
}

async function load<E extends Endpoint>(client: Client, endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
  const pieces = await client.open(endpoint, input, AbortSignal.timeout(patience));
  return JSON.parse(await readText(pieces)) as ResponseOf<E>;
}
