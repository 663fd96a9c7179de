import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatedPages } from "../script/documentation/pages.ts";

test.each(Object.entries(generatedPages))("docs/%s is as the code says now (else: npm run docs)", (name, page) => {
  expect(readFileSync(new URL(`../docs/${name}`, import.meta.url), "utf8")).toBe(page());
});

test("the pages hold what they are for", () => {
  expect(generatedPages["configuration.md"]?.()).toContain(
    "| `listen.port` | integer, 0 to 65535 | `8300` | `PLUMBLINE_SERVER__LISTEN__PORT` | 0 takes a free port. |",
  );
  expect(generatedPages["api.md"]?.()).toContain("| `GET /api/v1/set-up` |");
});
