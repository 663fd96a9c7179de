import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Fastify from "fastify";
import { afterAll, describe, expect, test } from "vitest";
import { serveDocumentation } from "./serve-documentation.ts";

const app = Fastify();
serveDocumentation(app, undefined);
afterAll(() => app.close());

const get = (url: string) => app.inject({ url, headers: { accept: "text/html" } });
const docs = fileURLToPath(new URL("../../../../docs", import.meta.url));
const pages = readdirSync(docs, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
const addresses = pages.map((name) => `/docs/${name}`.replace(/\.md$/, "").replace(/\/README$/, ""));
const ids = new Map<string, Promise<ReadonlySet<string>>>();

/** The ids on the page at an address, empty where there is none. */
function idsAt(address: string): Promise<ReadonlySet<string>> {
  const known = ids.get(address) ?? get(address).then(idsOf);
  ids.set(address, known);
  return known;
}

function idsOf({ statusCode, body }: { statusCode: number; body: string }): ReadonlySet<string> {
  return new Set(statusCode === 200 ? ["", ...[...body.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id)] : []);
}

describe.each(addresses)("%s", (address) => {
  test("is a page, and its links and pictures lead somewhere", async () => {
    const { statusCode, body, headers } = await get(address);
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    const targets = [...body.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, target = ""]) => target);
    const own = targets.filter((target) => target.startsWith("/docs") || target.startsWith("#"));
    const broken: string[] = [];
    for (const target of new Set(own)) {
      const [path = "", fragment = ""] = target.split("#");
      if (!(await idsAt(path === "" ? address : path)).has(fragment)) broken.push(target);
    }
    expect(broken).toEqual([]);
  });

  test("needs nothing from elsewhere, and shows no tag as text", async () => {
    const { body } = await get(address);
    expect(body).not.toMatch(/(?:src|action)="https?:|<link[^>]*href="https?:|url\(https?:|style="| on[a-z]+="/);
    const prose = body.replaceAll(/<pre[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>/g, "");
    expect(prose.match(/&lt;\/?(?:picture|img|br|details|summary|sub|kbd|a)\b/g)).toBeNull();
  });
});

test("the navigation names every page but those that a list of their own has, and marks the page it is on", async () => {
  const { body } = await get("/docs/operations");
  const navigation = body.slice(body.indexOf('<nav id="navigation"'));
  const listed = [...navigation.matchAll(/href="(\/docs[^"#]*)"/g)].map(([, address = ""]) => address);
  const wanted = addresses.filter((address) => address !== "/docs" && !/^\/docs\/(?:rules|decisions)\/./.test(address));
  expect(listed.toSorted()).toEqual(wanted.toSorted());
  expect(navigation).toContain('<a href="/docs/operations" aria-current="page">');
});

test("files and folders beside the pages can be read", async () => {
  expect((await get("/docs/files/examples")).body).toContain('href="/docs/files/examples/shop-infrastructure"');
  const file = await get("/docs/files/examples/shop-infrastructure/plumbline.yaml");
  expect(file.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(file.body).toContain("components:");
});

test.each([
  "/docs/nothing",
  "/docs/../package.json",
  "/docs/..%2fpackage.json",
  "/docs/%2e%2e/%2e%2e/etc/passwd",
  "/docs/files/package.json",
  "/docs/schemas/plumbline.json",
  "/docs/files/examples/../../server/package.json",
])("%s is not served", async (url) => {
  const { statusCode, body } = await get(url);
  expect(statusCode).toBe(404);
  expect(body).not.toContain('"private"');
});

test("an address that is nowhere does not get into the page as HTML", async () => {
  const { statusCode, body } = await get("/docs/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
  expect(statusCode).toBe(404);
  expect(body).not.toContain("<script>alert");
});

test("the stylesheet needs no built web pages", async () => {
  const { statusCode, headers, body } = await get("/docs/style.css");
  expect([statusCode, headers["content-type"]]).toEqual([200, "text/css; charset=utf-8"]);
  expect(body).toContain('[data-mantine-color-scheme="dark"]');
});
