import * as contract from "../../contract/src/index.ts";
import type { Endpoint } from "../../contract/src/endpoint.ts";

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "auth" in value;
}

/** docs/api.md: every call of the API by its tag, from the contract. */
export function apiPage(): string {
  const endpoints = Object.values<unknown>(contract).filter(isEndpoint);
  const tags = [...new Set(endpoints.map(({ tag }) => tag))].toSorted();
  return `# API

<!-- Made by \`npm run docs\` from the contract; a test fails while it is out of step. -->

All that the pages and \`plumb\` do goes through these calls. Each server describes them, with every field, as OpenAPI 3.1 at
\`/api/openapi.json\` and on a page at \`/api/docs\`.

- **Who asks**: \`Authorization: Bearer plt_…\` with an API token (settings, or \`plumb tokens create\`), or the session's
  cookie. Calls marked *public* need neither.
- **Names in addresses** are URL-encoded: the workspace \`network/prod\` is \`network%2Fprod\`.
- **Errors** are JSON with \`code\`, \`title\`, \`detail\`, \`next\` and \`requestId\`; the codes are in
  [troubleshooting](troubleshooting.md#codes).
- **Lists** that may be long answer \`{items, cursor}\`: ask again with \`?cursor=…\` until it is null.

\`\`\`
curl -H "Authorization: Bearer $PLUMBLINE_TOKEN" https://plumbline.example.com/api/v1/runs
\`\`\`

${tags
  .map((tag) =>
    section(
      tag,
      endpoints.filter((one) => one.tag === tag),
    ),
  )
  .join("\n\n")}
`;
}

function section(tag: string, endpoints: readonly Endpoint[]): string {
  const rows = endpoints
    .toSorted((left, right) => order(left).localeCompare(order(right)))
    .map((one) => `| \`${one.method} ${one.path}\` | ${notes(one)} | \`${one.id}\` |`);
  return [`## ${tag}`, "", "| Call | What it does | Id |", "|---|---|---|", ...rows].join("\n");
}

function order({ path, method }: Endpoint): string {
  return `${path} ${["GET", "POST", "PUT", "PATCH", "DELETE"].indexOf(method)}`;
}

function notes({ summary, auth, produces }: Endpoint): string {
  const remarks = [...(auth === "public" ? ["*public*"] : []), ...(produces === undefined ? [] : [`\`${produces}\``])];
  return `${summary.replaceAll("|", "\\|")}${remarks.length > 0 ? ` (${remarks.join(", ")})` : ""}`;
}
