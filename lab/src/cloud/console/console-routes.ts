import type { IncomingMessage, ServerResponse } from "node:http";
import type { JsonValue, Kind } from "../../kinds/attribute.ts";
import { KINDS, findKind } from "../../kinds/kinds.ts";
import { ACCOUNT_NAME } from "../account-keys.ts";
import type { Cloud } from "../cloud.ts";
import { CloudError } from "../cloud-error.ts";
import { readText } from "../http-body.ts";
import { accountPage, activityPage, homePage } from "./account-pages.ts";
import { SCRIPT, STYLE } from "./assets.ts";
import { DEFAULT_PERSON, PERSON_COOKIE, cleanPerson, readPerson, requireSameOrigin } from "./console-request.ts";
import { fieldValue, readForm } from "./form-values.ts";
import type { Markup } from "./html.ts";
import { errorPage } from "./layout.ts";
import type { Frame } from "./layout.ts";
import { resourcePage } from "./resource-page.ts";

export type ConsoleOptions = { cloud: Cloud; accounts: readonly string[]; hosts: readonly string[] };

/** Answers the console's pages: GET shows, POST changes and leads back (303). */
export async function answerConsole(
  options: ConsoleOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const frame: Frame = {
    accounts: [...new Set([...options.accounts, ...options.cloud.accounts()])],
    account: undefined,
    person: readPerson(request),
  };
  try {
    requireSameOrigin(request, options.hosts);
    if (url.pathname === "/") return redirect(response, "/console");
    if (url.pathname === "/console/console.css") return send(response, 200, "text/css", STYLE);
    if (url.pathname === "/console/console.js") return send(response, 200, "text/javascript", SCRIPT);
    if (request.method === "POST") return await change(options.cloud, frame.person, request, response, url);
    sendPage(response, 200, show(options.cloud, frame, url));
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    sendPage(response, error.status, errorPage(frame, error.message, backPath(url)));
  }
}

function show(cloud: Cloud, frame: Frame, url: URL): Markup {
  const [root, account, noun, id, ...rest] = url.pathname.split("/").slice(1).map(decodeSegment);
  if (root !== "console" || rest.length > 0) throw nothingHere(url);
  if (account === undefined || account === "") return homePage(frame, cloud);
  if (!ACCOUNT_NAME.test(account)) throw nothingHere(url);
  const inside = { ...frame, account };
  if (noun === undefined) return accountPage(inside, cloud, account);
  if (noun === "activity" && id === undefined) return activityPage(inside, cloud.activity({ account, limit: 200 }));
  const kind = findKind(noun);
  if (!kind || id === undefined) throw nothingHere(url);
  const resource = cloud.get(account, kind, id);
  return resourcePage(
    inside,
    kind,
    resource,
    cloud.activity({ account, id, limit: 20 }),
    url.searchParams.has("saved"),
  );
}

async function change(
  cloud: Cloud,
  person: string,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const form = new URLSearchParams(await readText(request));
  const [root, account = "", noun = "", id = "", verb, ...rest] = url.pathname.split("/").slice(1).map(decodeSegment);
  if (root !== "console" || rest.length > 0) throw nothingHere(url);
  if (account === "person" && noun === "") return rememberPerson(response, form);
  const kind = findKind(noun);
  if (!kind || !ACCOUNT_NAME.test(account)) throw nothingHere(url);
  const caller = { actor: person === DEFAULT_PERSON ? person : `console:${person}`, account };
  const page = `/console/${account}/${kind.name}/${encodeURIComponent(id)}`;
  if (verb === "delete") {
    await cloud.delete(caller, kind, id);
    return redirect(response, `/console/${account}`);
  }
  if (verb === "edit") await cloud.update(caller, kind, id, readForm(kind, form));
  else if (verb === "add-item") await addItem(cloud, caller, kind, id, form);
  else if (verb === "remove-item") await removeItem(cloud, caller, kind, id, form);
  else throw nothingHere(url);
  redirect(response, `${page}?saved`);
}

type Caller = { actor: string; account: string };

async function addItem(cloud: Cloud, caller: Caller, kind: Kind, id: string, form: URLSearchParams): Promise<void> {
  const list = listNamed(kind, form);
  const item = Object.fromEntries(
    list.attributes.map((attribute) => [attribute.name, fieldValue(attribute, form.get(attribute.name)?.trim() ?? "")]),
  );
  const items = listOf(cloud.get(caller.account, kind, id).values[list.name]);
  await cloud.update(caller, kind, id, { [list.name]: [...items, item] });
}

async function removeItem(cloud: Cloud, caller: Caller, kind: Kind, id: string, form: URLSearchParams): Promise<void> {
  const list = listNamed(kind, form);
  const index = Number(form.get("index"));
  const items = listOf(cloud.get(caller.account, kind, id).values[list.name]);
  await cloud.update(caller, kind, id, { [list.name]: items.filter((_, position) => position !== index) });
}

function listNamed(kind: Kind, form: URLSearchParams): Kind["lists"][number] {
  const list = kind.lists.find(({ name }) => name === form.get("list"));
  if (!list) throw new CloudError(422, "no_list", `A ${kind.name} has no such list.`);
  return list;
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function rememberPerson(response: ServerResponse, form: URLSearchParams): void {
  const person = encodeURIComponent(cleanPerson(form.get("person") ?? ""));
  response.setHeader("set-cookie", `${PERSON_COOKIE}=${person}; Path=/console; HttpOnly; SameSite=Strict`);
  const back = form.get("back") ?? "";
  redirect(response, /^\/console(\/[a-zA-Z0-9_/-]*)?$/.test(back) ? back : "/console");
}

function backPath(url: URL): string {
  const parts = url.pathname.split("/");
  const account = parts[2] !== undefined && ACCOUNT_NAME.test(parts[2]) ? parts[2] : undefined;
  if (account === undefined) return "/console";
  const kind = KINDS.find(({ name }) => name === parts[3]);
  return kind && parts.length === 6 ? parts.slice(0, 5).join("/") : `/console/${account}`;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function nothingHere(url: URL): CloudError {
  return new CloudError(404, "no_page", `There is no page at ${url.pathname}.`);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location }).end();
}

function sendPage(response: ServerResponse, status: number, page: Markup): void {
  send(response, status, "text/html", `<!doctype html>\n${page.text}`);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy":
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}
