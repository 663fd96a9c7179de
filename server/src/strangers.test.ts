import { request } from "node:http";
import { afterAll, expect, test } from "vitest";
import { startTestServer } from "./testing/test-server.ts";

const server = await startTestServer();
afterAll(() => server.stop());

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
});

test("a body for runners is not read before it is known who sends it", async () => {
  const { hostname, port } = new URL(server.url);
  const path = "/api/runner/runs/00000000-0000-7000-8000-000000000000/1/state";
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path,
        method: "POST",
        headers: { authorization: "Bearer plr_guess", "content-length": 80_000_000 },
      },
      (response) => {
        resolve(response.statusCode);
        sent.destroy();
      },
    );
    sent.on("error", reject);
    // The rest never comes: who waits for it, or keeps it, can be kept busy by anybody.
    sent.write(Buffer.alloc(1_000));
  });
  expect(answered).toBe(401);
});

test("passwords cannot be guessed through Git or the API instead of the login page", async () => {
  const doors = [
    () => fetch(`${server.url}/git/acme/none.git/info/refs?service=git-upload-pack`, { headers: basic("first", "x") }),
    () => fetch(`${server.url}/api/v1/me`, { headers: basic("acme/first", "y") }),
  ];
  const statuses: number[] = [];
  for (let index = 0; index < 24; index++) statuses.push((await doors[index % 2]?.())?.status ?? 0);
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
  expect(statuses.slice(10)).toEqual(Array.from({ length: 14 }, () => 429));
  const late = await doors[0]?.();
  expect(await late?.text()).toContain("Too many wrong passwords");
  const token = await server.credentials("reader");
  expect((await fetch(`${server.url}/api/v1/me`, { headers: token })).status).toBe(200);
});
