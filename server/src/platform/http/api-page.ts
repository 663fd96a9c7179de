import { z } from "zod";

/** What the page reads of an OpenAPI document. */
const Operation = z.object({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  tags: z.array(z.string()).optional(),
  parameters: z.unknown().optional(),
  requestBody: z.unknown().optional(),
  responses: z.unknown().optional(),
  security: z.array(z.unknown()).optional(),
});
type Operation = z.infer<typeof Operation>;

const ApiDocument = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)).default({}),
  components: z.object({ schemas: z.record(z.string(), z.unknown()).default({}) }).prefault({}),
});

/** The API as one page of HTML without scripts or other files: every call, by subject, with its schemas. */
export function renderApiPage(document: object): string {
  const { paths, components } = ApiDocument.parse(document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const tags = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? "other");
  const sections = [...tags].map(
    ([tag, members]) => `<h2 id="${escape(tag)}">${escape(tag)}</h2>\n${members.map(renderOperation).join("\n")}`,
  );
  const contents = [...tags.keys()].map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join(" ");
  const types = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${escape(name)}"><summary>${escape(name)}</summary>${json(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Plumbline API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><main><h1>Plumbline API</h1>
<p>For programs: <a href="/api/openapi.json">openapi.json</a>. Sign in with a session, or send <code>Authorization: Bearer</code> and an API token.</p>
<nav>${contents} <a href="#schemas">schemas</a></nav>
${sections.join("\n")}
<h2 id="schemas">schemas</h2>
${types.join("\n")}
</main></body></html>`;
}

function renderOperation({ method, path, operation }: { method: string; path: string; operation: Operation }): string {
  const open = operation.security?.length === 0 ? " <small>without login</small>" : "";
  const parts = { parameters: operation.parameters, body: operation.requestBody, answers: operation.responses };
  const details = Object.entries(parts).map(([name, part]) =>
    part === undefined ? "" : `<h3>${name}</h3>${json(part)}`,
  );
  return `<details id="${escape(operation.operationId ?? path)}"><summary><b>${method}</b> <code>${escape(path)}</code> ${escape(
    operation.summary ?? "",
  )}${open}</summary>${details.join("")}</details>`;
}

/** JSON with its references as links. */
function json(value: unknown): string {
  const text = escape(JSON.stringify(value, undefined, 2) ?? "");
  return `<pre>${text.replaceAll(/#\/components\/schemas\/([A-Za-z0-9_.-]+)/g, '<a href="#schema-$1">$1</a>')}</pre>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:0}main{max-width:60rem;margin:auto;padding:1.5rem}
summary{cursor:pointer;padding:.25rem 0}pre{overflow:auto;font-size:13px;border-left:3px solid;padding-left:1rem}b{display:inline-block;width:4.5rem}`;
