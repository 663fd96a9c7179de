import { readFileSync } from "node:fs";
import { publishedSchemas } from "@plumbline/contract/configuration/schemas/published-schemas";
import { afterAll, expect, test } from "vitest";
import { startTestServer } from "../testing/test-server.ts";

const server = await startTestServer();
afterAll(() => server.stop());

test.each(publishedSchemas)("an editor gets %s without signing in", async (name) => {
  const answer = await fetch(`${server.url}/api/schemas/${name}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/schema+json; charset=utf-8");
  const published = readFileSync(new URL(`../../../docs/schemas/${name}`, import.meta.url), "utf8");
  expect(await answer.text()).toBe(published);
});

test.each(["..%2Fguide.md", "nothing.json", "plumbline"])(
  "nothing else is given out under that address: %s",
  async (name) => {
    const answer = await fetch(`${server.url}/api/schemas/${name}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toContain("json");
  },
);
