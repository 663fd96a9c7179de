import type { Action, Endpoint, Role } from "@plumbline/contract";
import { matrix, scopeActions, TokenScope } from "@plumbline/contract/access";
import { suggest } from "@plumbline/contract/configuration/suggestion";
import type { Problem } from "@plumbline/contract/errors";
import { kindOf } from "../names/kinds.ts";
import type { NameKind } from "../names/kinds.ts";
import { knownNames } from "../names/known-names.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Client } from "./client.ts";

/** What a call was given, whatever its endpoint. */
export interface CallParts {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

/** A call that was refused. */
export interface RefusedCall {
  endpoint: Endpoint;
  input: CallParts;
  client: Client;
  env: Terminal["env"];
}

/** What to do after a refusal, with the commands that do it; undefined where nothing better than the catalogue's is known. */
export async function adviceFor(refused: Problem, call: RefusedCall): Promise<string | undefined> {
  if (refused.code === "not_signed_in") return signInAdvice(call);
  if (refused.code === "not_allowed") return rightAdvice(refused.data);
  if (refused.code === "wrong_status") return statusAdvice(call);
  return refused.code === "not_found" ? nameAdvice(call) : undefined;
}

function signInAdvice({ client, env }: RefusedCall): string {
  return env["PLUMBLINE_TOKEN"]
    ? `PLUMBLINE_TOKEN holds a token that is expired, revoked or of another server: set another, or unset it and run plumb login ${client.url}.`
    : `Run plumb login ${client.url}.`;
}

/** Who may, by the roles that hold the right, and who gives them; of a token that is too narrow, how a wider one is made. */
function rightAdvice(data: Problem["data"]): string | undefined {
  const { right, environment, scopes } = data;
  if (typeof right !== "string" || !isAction(right)) return undefined;
  if (scopes !== undefined) {
    const wide = TokenScope.options.filter((scope) => scope !== "all" && scopeActions[scope].includes(right));
    return `Make a token with plumb tokens create NAME --token-file FILE --scope ${wide[0] ?? "all"}, or run plumb login.`;
  }
  const roles = Object.entries(matrix).flatMap(([role, rights]) => (rights.includes(right) ? [role as Role] : []));
  const where = typeof environment === "string" ? ` (all environments, or ${environment})` : "";
  return `Roles with this right: ${roles.join(", ")}${where}. plumb people list shows who has one; an administrator gives it with plumb people grant.`;
}

function isAction(right: string): right is Action {
  return scopeActions.all.some((action) => action === right);
}

const shownBy: Record<string, string> = { "pull requests": "prs", runs: "runs", drift: "drift" };

function statusAdvice({ endpoint, input }: RefusedCall): string | undefined {
  const { number, workspace } = membersOf(input.params);
  const group = shownBy[endpoint.tag];
  if (typeof number === "number" && group !== undefined) return `plumb ${group} show ${number} says how it stands.`;
  return typeof workspace === "string" ? `plumb workspaces show ${workspace} says how it stands.` : undefined;
}

const listedBy: Partial<Record<NameKind, string>> = {
  workspaces: "plumb workspaces list",
  environments: "plumb repositories show",
  components: "plumb repositories show",
  repositories: "plumb repositories list",
  "pull-requests": "plumb prs list",
  runs: "plumb runs list",
  cases: "plumb drift list",
  people: "plumb people list",
  clients: "plumb clients list",
  runners: "plumb runners list",
  rules: "plumb rules list",
};

/** The first name of the call that the server does not know, what it was probably meant to be, and where all stand. */
async function nameAdvice({ endpoint, input, client }: RefusedCall): Promise<string | undefined> {
  const group = shownBy[endpoint.tag] ?? endpoint.tag;
  for (const [member, value] of [input.params, input.query, input.body].flatMap((part) =>
    Object.entries(membersOf(part)),
  )) {
    const kind = kindOf(
      member.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      group,
    );
    const command = kind === undefined || kind === "files" ? undefined : listedBy[kind];
    if (kind === undefined || kind === "files" || command === undefined || value === undefined) continue;
    const all = `${command} shows those there are.`;
    if (typeof value === "number") return all;
    const known = (await knownNames(async () => client, kind).catch(() => [])).map(([name]) => name);
    const wrong = [value].flat().find((name) => typeof name === "string" && !known.includes(name));
    if (typeof wrong !== "string") continue;
    const meant = suggest(wrong, known);
    return meant === undefined ? all : `Did you mean ${meant}? ${all}`;
  }
  return undefined;
}

function membersOf(part: unknown): Record<string, unknown> {
  return typeof part === "object" && part !== null ? { ...part } : {};
}
