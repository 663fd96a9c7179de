import { existsSync } from "node:fs";
import { connect } from "node:http2";
import type { ClientHttp2Session, IncomingHttpHeaders } from "node:http2";
import { connect as connectSocket } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { frameMessage, unframeMessage } from "../grpc/frame.ts";
import { certificatePem, createPluginCertificate } from "./certificate.ts";
import { startPluginServer } from "./plugin-server.ts";
import type { PluginServer } from "./plugin-server.ts";

const methods = new Map([
  ["/test.Echo/Say", async (request: Uint8Array) => request],
  ["/test.Echo/Fail", async () => Promise.reject(new Error("broken: 100 % ü\n"))],
]);

let server: PluginServer | undefined;
let session: ClientHttp2Session | undefined;
afterEach(async () => {
  session?.destroy();
  await server?.stop();
});

async function call(path: string, body: Uint8Array): Promise<{ status: string; message: string; body: Uint8Array }> {
  if (!session) throw new Error("there is no session");
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
  });
  let headers: IncomingHttpHeaders = {};
  stream.on("response", (given) => (headers = { ...headers, ...given }));
  stream.on("trailers", (given) => (headers = { ...headers, ...given }));
  stream.end(body);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return {
    status: String(headers["grpc-status"]),
    message: decodeURIComponent(headers["grpc-message"]?.toString() ?? ""),
    body: Buffer.concat(chunks),
  };
}

describe("a plugin server", () => {
  it("answers over mutual TLS, with the certificate of its handshake", async () => {
    const client = createPluginCertificate(new Date());
    server = await startPluginServer({
      methods,
      clientCertificate: certificatePem(client.certificateDer),
      onShutdown: () => {},
    });
    const [, , , path = "", , certificate = ""] = server.handshake.split("|");
    const secure = {
      ca: certificatePem(Buffer.from(certificate, "base64")),
      key: client.privateKey.export({ format: "pem", type: "pkcs8" }),
      cert: certificatePem(client.certificateDer),
      ALPNProtocols: ["h2"],
      servername: "localhost",
    };
    session = connect("https://localhost", { createConnection: () => connectTls({ path, ...secure }) });
    const large = Buffer.alloc(300_000, 7);
    const answer = await call("/test.Echo/Say", frameMessage(large));
    expect(answer.status).toBe("0");
    expect(Buffer.compare(unframeMessage(answer.body), large)).toBe(0);
    expect((await call("/grpc.health.v1.Health/Check", frameMessage(new Uint8Array()))).body).toEqual(
      Buffer.from("00000000020801", "hex"),
    );
  });

  it("refuses a client with another certificate", async () => {
    const [expected, other] = [createPluginCertificate(new Date()), createPluginCertificate(new Date())];
    server = await startPluginServer({
      methods,
      clientCertificate: certificatePem(expected.certificateDer),
      onShutdown: () => {},
    });
    const path = server.handshake.split("|")[3] ?? "";
    const key = other.privateKey.export({ format: "pem", type: "pkcs8" });
    const options = {
      path,
      key,
      cert: certificatePem(other.certificateDer),
      rejectUnauthorized: false,
      ALPNProtocols: ["h2"],
    };
    session = connect("https://localhost", { createConnection: () => connectTls(options) });
    session.on("error", () => undefined);
    const answer = await call("/test.Echo/Say", frameMessage(Buffer.from("secret"))).catch(() => undefined);
    // Depending on who closes first the call fails or ends without headers; an answer it never gets.
    expect(answer?.status ?? "undefined").toBe("undefined");
    expect(answer?.body.length ?? 0).toBe(0);
  });

  it("tells the caller what went wrong", async () => {
    await startPlain();
    expect(await call("/test.Echo/Fail", frameMessage(new Uint8Array()))).toMatchObject({
      status: "2",
      message: "broken: 100 % ü\n",
    });
    expect(await call("/plugin.GRPCStdio/StreamStdio", frameMessage(new Uint8Array()))).toMatchObject({ status: "12" });
    expect(await call("/test.Echo/Say", Buffer.from("0000000009aa", "hex"))).toMatchObject({ status: "2" });
  });

  it("answers a Shutdown first and then says so, and leaves no folder behind", async () => {
    let stopped = false;
    const path = await startPlain(() => (stopped = true));
    expect((await call("/plugin.GRPCController/Shutdown", frameMessage(new Uint8Array()))).status).toBe("0");
    await expect.poll(() => stopped).toBe(true);
    await server?.stop();
    expect(existsSync(path)).toBe(false);
  });
});

async function startPlain(onShutdown: () => void = () => {}): Promise<string> {
  server = await startPluginServer({ methods, clientCertificate: undefined, onShutdown });
  const path = server.handshake.split("|")[3] ?? "";
  session = connect("http://localhost", { createConnection: () => connectSocket(path) });
  return path;
}
