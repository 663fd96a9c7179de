import * as contract from "@plumbline/contract";
import type { Endpoint } from "@plumbline/contract";
import { expect, test } from "vitest";
import { testApi } from "../../testing/test-api.ts";
import { register, registerPublic } from "./register.ts";

function isEndpoint(value: unknown): value is Endpoint {
  return (
    typeof value === "object" &&
    value !== null &&
    "method" in value &&
    "path" in value &&
    "auth" in value &&
    "tag" in value
  );
}

const exported: unknown[] = Object.values(contract);
const endpoints = exported.filter(isEndpoint);

test("every endpoint of the contract can be registered and described, once each", async () => {
  const api = await testApi<string>();
  for (const endpoint of endpoints) {
    if (endpoint.auth === "public") registerPublic(api, endpoint, async () => undefined);
    else register(api, endpoint, async () => undefined);
  }
  const document = (await api.app.inject("/api/openapi.json")).json();
  const operations = Object.values<Record<string, { operationId: string }>>(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(operations.toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted());
  expect(operations.length).toBeGreaterThan(20);
  const text = JSON.stringify(document);
  for (const [, name = ""] of text.matchAll(/#\/components\/schemas\/([^"]+)/g))
    expect(document.components.schemas).toHaveProperty(name);
  expect((await api.app.inject("/api/docs")).statusCode).toBe(200);
});

test("nobody who is not signed in gets past an endpoint for people", async () => {
  const api = await testApi<string>();
  const reached: string[] = [];
  const people = endpoints.filter(({ auth }) => auth === "person");
  for (const endpoint of people) register(api, endpoint, async () => void reached.push(endpoint.id));
  for (const endpoint of people) {
    const answer = await api.app.inject({ method: endpoint.method, url: endpoint.path.replaceAll(/:\w+/g, "1") });
    expect([endpoint.id, answer.statusCode]).toEqual([endpoint.id, 401]);
  }
  expect(reached).toEqual([]);
});
