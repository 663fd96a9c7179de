import type { IncomingMessage, ServerResponse } from "node:http";
import { asText } from "../kinds/attribute.ts";
import type { JsonObject, Kind } from "../kinds/attribute.ts";
import { findKind } from "../kinds/kinds.ts";
import { authenticate, chooseAccount, requireRight } from "./account-keys.ts";
import type { AccountKey } from "./account-keys.ts";
import { withoutSecrets } from "./changes.ts";
import type { Caller, Cloud } from "./cloud.ts";
import { CloudError } from "./cloud-error.ts";
import { parseFault } from "./faults.ts";
import type { Faults } from "./faults.ts";
import { readJsonObject } from "./http-body.ts";
import type { Resource } from "./resource.ts";

const MAX_ACTIVITY_LINES = 1000;

export type CloudServices = { cloud: Cloud; faults: Faults; keys: readonly AccountKey[] };

/** Answers `/api/v1/...`. Every refusal is `{"error": {code, message, complaints}}`. */
export async function answerApi(
  services: CloudServices,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const key = authenticate(services.keys, request.headers.authorization);
    const { status, body } = await route(services, key, request, url);
    sendJson(response, status, body);
  } catch (error) {
    const known = error instanceof CloudError ? error : new CloudError(500, "broken", "The lab cloud failed.");
    const { code, message, complaints } = known;
    sendJson(response, known.status, { error: { code, message, complaints } });
    if (known !== error) throw error;
  }
}

type Answer = { status: number; body: unknown };

async function route(services: CloudServices, key: AccountKey, request: IncomingMessage, url: URL): Promise<Answer> {
  const [noun = "", id, ...rest] = url.pathname.replace("/api/v1/", "").split("/");
  const named = String(request.headers["lab-account"] ?? url.searchParams.get("account") ?? "") || undefined;
  if (rest.length > 0) throw new CloudError(404, "no_route", `There is nothing at ${url.pathname}.`);
  if (noun === "activity" && id === undefined) return listActivity(services.cloud, key, named, url);
  if (noun === "faults" && id === undefined) return changeFaults(services.faults, key, request);
  const kind = findKind(noun);
  if (!kind) throw new CloudError(404, "no_route", `There is nothing at ${url.pathname}.`);
  const caller = { actor: key.name, account: chooseAccount(key, named) };
  if (request.method !== "GET") requireRight(key, "write");
  return id === undefined
    ? answerKind(services, caller, kind, request, url)
    : answerResource(services, caller, kind, id, request);
}

async function answerKind(
  { cloud, faults }: CloudServices,
  caller: Caller,
  kind: Kind,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  const name = url.searchParams.get("name") ?? undefined;
  const call = { account: caller.account, kind: kind.name, method: request.method ?? "", name };
  if (request.method === "GET") {
    const list = await faults.around(call, async () => cloud.list(caller.account, kind, name));
    return { status: 200, body: { items: list.map((resource) => present(kind, resource)) } };
  }
  if (request.method !== "POST") throw wrongMethod(request);
  const values = await readJsonObject(request);
  const creating = { ...call, name: asText(values["name"]) };
  const created = await faults.around(creating, () => cloud.create(caller, kind, values));
  return { status: 201, body: present(kind, created) };
}

async function answerResource(
  { cloud, faults }: CloudServices,
  caller: Caller,
  kind: Kind,
  id: string,
  request: IncomingMessage,
): Promise<Answer> {
  const found = cloud.get(caller.account, kind, id);
  const name = asText(found.values["name"]);
  const call = { account: caller.account, kind: kind.name, method: request.method ?? "", name };
  if (request.method === "GET") {
    const read = await faults.around(call, async () => cloud.get(caller.account, kind, id));
    return { status: 200, body: present(kind, read) };
  }
  if (request.method === "PATCH") {
    const values = await readJsonObject(request);
    const updated = await faults.around(call, () => cloud.update(caller, kind, id, values));
    return { status: 200, body: present(kind, updated) };
  }
  if (request.method !== "DELETE") throw wrongMethod(request);
  await faults.around(call, () => cloud.delete(caller, kind, id));
  return { status: 200, body: {} };
}

function listActivity(cloud: Cloud, key: AccountKey, named: string | undefined, url: URL): Answer {
  const all = named === undefined && key.accounts.includes("*");
  const wanted = Number(url.searchParams.get("limit") ?? 100);
  const limit = Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, MAX_ACTIVITY_LINES) : 100;
  const id = url.searchParams.get("resource");
  const items = cloud.activity({
    ...(all ? {} : { account: chooseAccount(key, named) }),
    ...(id === null ? {} : { id }),
    limit,
  });
  return { status: 200, body: { items } };
}

async function changeFaults(faults: Faults, key: AccountKey, request: IncomingMessage): Promise<Answer> {
  requireRight(key, "admin");
  if (request.method === "POST") {
    faults.add(parseFault(await readJsonObject(request)));
    return { status: 201, body: { items: faults.list() } };
  }
  if (request.method === "DELETE") faults.clear();
  else if (request.method !== "GET") throw wrongMethod(request);
  return { status: 200, body: { items: faults.list() } };
}

/** A resource as the API shows it: its attributes beside id, account and who touched it when. */
function present(kind: Kind, resource: Resource): JsonObject {
  return {
    ...withoutSecrets(kind, resource.values),
    id: resource.id,
    kind: resource.kind,
    account: resource.account,
    created_at: resource.createdAt,
    created_by: resource.createdBy,
    updated_at: resource.updatedAt,
    updated_by: resource.updatedBy,
  };
}

function wrongMethod(request: IncomingMessage): CloudError {
  return new CloudError(405, "wrong_method", `${request.method} is not possible here.`);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": text.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}
