import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { escapeHtml, renderMarkdown } from "./markdown.ts";
import { openLibrary } from "./library.ts";
import type { Found, Library } from "./library.ts";
import { renderPage } from "./page.ts";
import type { Page, Section } from "./page.ts";
import { sectionsOf } from "./sections.ts";

const checkout = new URL("../../../../", import.meta.url);
const stylesheet = new URL("documentation.css", import.meta.url);

/**
 * Serves the documentation of this checkout at /docs, without login: it says nothing about an installation. Pages are
 * rendered when they are asked for and need nothing from elsewhere; their scripts and fonts are those of the web pages,
 * where these are built.
 */
export function serveDocumentation(app: FastifyInstance, webFolder: string | undefined): void {
  let opened: Promise<Shelf> | undefined;
  const shelf = () => (opened ??= openLibrary(checkout).then((library) => ({ library, rendered: new Map() })));

  app.get("/docs/style.css", async (_request, reply) => {
    const text = (await fontFaces(webFolder)) + (await readFile(stylesheet, "utf8"));
    return reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(text);
  });
  app.get("/docs", async (_request, reply) => answer(reply, await shelf(), ""));
  app.get<{ Params: { "*": string } }>("/docs/*", async (request, reply) =>
    answer(reply, await shelf(), request.params["*"].replace(/\/$/, "")),
  );
}

/** The files, and what was made of their texts: anybody may ask for a page, and a long one takes a tenth of a second. */
interface Shelf {
  library: Library;
  rendered: Map<string, { text: string; page: Page }>;
}

async function answer(reply: FastifyReply, { library, rendered }: Shelf, address: string): Promise<FastifyReply> {
  reply.header("cache-control", "no-cache");
  const found = await library.find(address);
  if (found?.kind === "picture") return reply.type(found.type).send(found.bytes);
  const page = found === undefined ? absent(address) : keptPage(found, library, rendered, address);
  if (found === undefined) reply.status(404);
  return reply.type("text/html; charset=utf-8").send(renderPage(page, await navigation(library)));
}

function keptPage(
  found: Exclude<Found, { kind: "picture" }>,
  library: Library,
  rendered: Shelf["rendered"],
  address: string,
): Page {
  if (found.kind === "folder") return pageOf(found, library, address);
  const kept = rendered.get(found.path);
  if (kept?.text === found.text) return kept.page;
  const page = pageOf(found, library, address);
  rendered.set(found.path, { text: found.text, page });
  return page;
}

async function navigation(library: Library): Promise<Section[]> {
  const index = await library.find("");
  if (index?.kind !== "page") return [];
  return sectionsOf(index.text, (target) => library.resolve(index.path, target));
}

function pageOf(found: Exclude<Found, { kind: "picture" }>, library: Library, address: string): Page {
  const own = { address: address === "" ? "/docs" : `/docs/${address}`, source: found.path };
  if (found.kind === "file" && !found.path.endsWith(".md"))
    return { ...own, ...titled(found.path, `<pre tabindex="0"><code>${escapeHtml(found.text)}</code></pre>`) };
  if (found.kind === "folder") return { ...own, ...titled(`${found.path}/`, listing(found.entries, own.address)) };
  const { html, headings } = renderMarkdown(found.text, (target) => library.resolve(found.path, target));
  return { ...own, title: headings[0]?.text ?? found.path, html, headings };
}

function absent(address: string): Page {
  const html = "<p>There is no such page. The contents list all of them.</p>";
  return { address: "", source: `docs/${address}`, ...titled("Not found", html) };
}

function titled(title: string, html: string): Pick<Page, "title" | "html" | "headings"> {
  return { title, html: `<h1>${escapeHtml(title)}</h1>${html}`, headings: [] };
}

function listing(entries: readonly string[], address: string): string {
  const items = entries.map((name) => {
    const target = `${address}/${name.replace(/\/$/, "")}`;
    return `<li><a href="${escapeHtml(target)}"><code>${escapeHtml(name)}</code></a></li>`;
  });
  return `<ul>${items.join("")}</ul>`;
}

/** The faces of the web pages' fonts, whose files carry a hash in their name; nothing where they are not built. */
async function fontFaces(webFolder: string | undefined): Promise<string> {
  const names = webFolder === undefined ? [] : await readdir(join(webFolder, "assets")).catch(() => []);
  const face = (family: string, weight: string, pattern: RegExp) => {
    const name = names.find((one) => pattern.test(one));
    return name === undefined
      ? ""
      : `@font-face{font-family:"${family}";font-weight:${weight};src:url("/assets/${name}") format("woff2")}\n`;
  };
  return (
    face("Inter Variable", "100 900", /^inter-latin-opsz-normal-[\w-]+\.woff2$/) +
    face("IBM Plex Mono", "400", /^ibm-plex-mono-latin-400-normal-[\w-]+\.woff2$/)
  );
}
