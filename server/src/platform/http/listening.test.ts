import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import https from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { testApi } from "../../testing/test-api.ts";
import { askReady } from "./ask-ready.ts";
import { sse } from "./event-stream.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("stopping finishes what is under way and takes nothing new", async () => {
  const api = await testApi();
  const arrived = Promise.withResolvers<void>();
  const proceed = Promise.withResolvers<void>();
  api.app.get("/slow", async () => {
    arrived.resolve();
    await proceed.promise;
    return { done: true };
  });
  const address = await api.listen();
  const slow = fetch(`${address}/slow`);
  await arrived.promise;
  const closing = api.close();
  await sleep(50);
  await expect(fetch(`${address}/healthz`)).rejects.toThrow("fetch failed");
  proceed.resolve();
  expect(await (await slow).json()).toEqual({ done: true });
  await closing;
});

test("stopping waits no longer than its limit for what never ends", async () => {
  const api = await testApi({ env: { PLUMBLINE_SERVER__LIMITS__DRAIN: "1s" } });
  const arrived = Promise.withResolvers<void>();
  api.app.get("/never", async () => {
    arrived.resolve();
    await new Promise(() => undefined);
  });
  const never = fetch(`${await api.listen()}/never`);
  never.catch(() => undefined);
  await arrived.promise;
  await api.close();
  await expect(never).rejects.toThrow("fetch failed");
});

test("a client that does not read its events is cut off", async () => {
  const api = await testApi();
  const cut = Promise.withResolvers<void>();
  api.app.get("/flood", async (request, reply) => {
    const stream = sse(request, reply);
    stream.signal.addEventListener("abort", () => cut.resolve());
    while (!stream.signal.aborted) {
      stream.send({ data: "x".repeat(256 * 1024) });
      await sleep(1);
    }
  });
  const { hostname, port } = new URL(await api.listen());
  let ended = false;
  const client = connect(Number(port), hostname);
  client.on("error", () => undefined);
  client.pause();
  client.write("GET /flood HTTP/1.1\r\nhost: plumbline.test\r\n\r\n");
  client.once("close", () => (ended = true));
  await cut.promise;
  expect(ended).toBe(false); // it was the server that ended it
  expect(api.app.eventStreams.size).toBe(0);
  client.destroy();
});

test("TLS by certificate files, with HSTS", async (context) => {
  const key = join(folder, "server.key");
  const cert = join(folder, "server.crt");
  try {
    const request = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
    ];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert];
    execFileSync("openssl", [...request, ...names], { stdio: "ignore" });
  } catch {
    context.skip("openssl, which makes the certificate of this test, is not installed");
  }
  const api = await testApi({
    env: {
      PLUMBLINE_SERVER__TLS__CERT_FILE: cert,
      PLUMBLINE_SERVER__TLS__KEY_FILE: key,
      PLUMBLINE_SERVER__LISTEN__HOST: "localhost",
    },
  });
  const { port } = new URL(await api.listen());
  const answer = await new Promise<{ status: number | undefined; hsts: unknown }>((resolve, reject) => {
    const request = https.get(
      { host: "localhost", port, path: "/healthz", ca: readFileSync(cert), agent: false },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode, hsts: response.headers["strict-transport-security"] });
      },
    );
    request.on("error", reject);
  });
  expect(answer).toEqual({ status: 200, hsts: "max-age=31536000" });
  const own = { listen: { host: "localhost", port: Number(port) }, tls: { certFile: cert, keyFile: key } };
  expect(await askReady(own)).toBeUndefined();
  expect(await askReady({ listen: own.listen })).toEqual(expect.any(String));
});

test("a health check is told that the server is ready, which part is not, and that nobody listens", async () => {
  let broken = false;
  const check = async () => {
    if (broken) throw new Error("away");
  };
  const api = await testApi({ readiness: { database: check }, env: { PLUMBLINE_SERVER__LISTEN__HOST: "0.0.0.0" } });
  const { port } = new URL(await api.listen());
  const config = { listen: { host: "0.0.0.0", port: Number(port) } };
  expect(await askReady(config)).toBeUndefined();
  broken = true;
  expect(await askReady(config)).toMatch(/^503 .*"database":"failed"/);
  await api.close();
  expect(await askReady(config)).toContain("ECONNREFUSED");
});
