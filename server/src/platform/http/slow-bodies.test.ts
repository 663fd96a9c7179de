import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bodiesAsStreams } from "./bodies.ts";
import { endSlowBodies } from "./slow-bodies.ts";

const app = Fastify();
endSlowBodies(app, 0.2);
app.post("/small", async () => "read");
await app.register(async (scope) => {
  bodiesAsStreams(scope);
  scope.post("/refused", async (_request, reply) => reply.status(401).send("refused"));
  scope.post("/read", async ({ raw }) => {
    let bytes = 0;
    for await (const part of raw) bytes += (part as Buffer).length;
    return `read ${bytes}`;
  });
});
beforeAll(() => app.listen({ host: "127.0.0.1", port: 0 }));
afterAll(() => app.close());

/** Sends a request's head and pieces of its body; answers what came back until the server ended the connection. */
async function send(path: string, length: number, pieces: string[]): Promise<string> {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  const answer: Buffer[] = [];
  socket.on("data", (part: Buffer) => answer.push(part));
  socket.on("error", () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`,
  );
  for (const piece of pieces) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.write(piece);
  }
  await closed;
  return Buffer.concat(answer).toString();
}

test("a small body that is held back ends its connection", async () => {
  expect(await send("/small", 10, ["a"])).toBe("");
});

test("a large one may take its time, for it is read by who knows from whom", async () => {
  expect(await send("/read", 70_000, ["a".repeat(35_000), "a".repeat(35_000)])).toMatch(/read 70000$/);
});

test("what was answered before its body came does not keep the connection", async () => {
  expect(await send("/refused", 70_000, ["a"])).toMatch(/^HTTP\/1\.1 401 .*refused$/s);
});

test("a request that came over no line is left alone", async () => {
  const headers = { "content-type": "text/plain" };
  expect((await app.inject({ method: "POST", url: "/small", headers, payload: "a" })).body).toBe("read");
  await new Promise((resolve) => setTimeout(resolve, 300));
});
