import { mkdtempSync, rmSync } from "node:fs";
import { createSecureServer, createServer } from "node:http2";
import type { Http2Server } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveUnary } from "../grpc/unary-server.ts";
import type { UnaryMethods } from "../grpc/unary-server.ts";
import { certificatePem, createPluginCertificate } from "./certificate.ts";
import { handshakeLine } from "./handshake.ts";

/** grpc.health.v1.HealthCheckResponse{status: SERVING}: field 1, varint 1. */
const SERVING = Uint8Array.of(8, 1);

export type PluginServer = {
  /** The line to print on stdout once; the starter connects after reading it. */
  handshake: string;
  stop(): Promise<void>;
};

/**
 * Listens on a unix socket in a private folder and answers the plugin's methods, the health check and
 * `GRPCController.Shutdown`.
 * @param clientCertificate PEM from PLUGIN_CLIENT_CERT; with it both sides prove themselves by TLS (AutoMTLS). Without it
 *   the socket is plain and only the folder's mode 0700 protects it.
 * @param onShutdown called once the answer to a Shutdown call was handed to the socket
 */
export async function startPluginServer(options: {
  methods: UnaryMethods;
  clientCertificate: string | undefined;
  onShutdown: () => void;
}): Promise<PluginServer> {
  const folder = mkdtempSync(join(tmpdir(), "plugin-"));
  const socketPath = join(folder, "plugin.sock");
  const { server, certificateDer } = createHttp2(options.clientCertificate);
  serveUnary(
    server,
    new Map([
      ...options.methods,
      ["/grpc.health.v1.Health/Check", async () => SERVING],
      [
        "/plugin.GRPCController/Shutdown",
        async () => {
          // Terraform waits for the answer and kills what does not answer, so it goes out first.
          setImmediate(() => setImmediate(options.onShutdown));
          return new Uint8Array();
        },
      ],
    ]),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return {
    handshake: handshakeLine(socketPath, certificateDer),
    async stop() {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createHttp2(clientCertificate: string | undefined): { server: Http2Server; certificateDer?: Buffer } {
  if (clientCertificate === undefined || clientCertificate === "") return { server: createServer() };
  const { certificateDer, privateKey } = createPluginCertificate(new Date());
  const server = createSecureServer({
    cert: certificatePem(certificateDer),
    key: privateKey.export({ format: "pem", type: "pkcs8" }),
    ca: clientCertificate,
    requestCert: true,
    rejectUnauthorized: true,
  });
  return { server, certificateDer };
}
