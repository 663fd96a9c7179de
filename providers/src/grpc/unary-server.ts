import { constants } from "node:http2";
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { frameMessage, unframeMessage } from "./frame.ts";
import { GrpcError, STATUS, statusTrailers } from "./status.ts";

/** Handlers by path, such as `/tfplugin6.Provider/ReadResource`: request bytes in, response bytes out. */
export type UnaryMethods = ReadonlyMap<string, (request: Uint8Array) => Promise<Uint8Array>>;

/** Largest request accepted, in bytes. A state of 1,000 resources arrives in pieces far below it. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/** Answers unary gRPC calls on an HTTP/2 server. Paths without a handler get UNIMPLEMENTED. */
export function serveUnary(server: Http2Server, methods: UnaryMethods): void {
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    // A caller that goes away mid-call ends its own stream only; there is nobody left to tell.
    stream.on("error", () => stream.destroy());
    void answer(stream, methods.get(String(headers[constants.HTTP2_HEADER_PATH])));
  });
}

async function answer(
  stream: ServerHttp2Stream,
  handle: ((request: Uint8Array) => Promise<Uint8Array>) | undefined,
): Promise<void> {
  try {
    const body = await readBody(stream);
    if (!handle) throw new GrpcError(STATUS.unimplemented, "this method is not implemented");
    const response = await handle(unframeMessage(body));
    if (stream.destroyed) return;
    stream.respond({ ":status": 200, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers(statusTrailers(STATUS.ok)));
    stream.end(frameMessage(response));
  } catch (error) {
    if (stream.destroyed || stream.headersSent) return;
    const status = error instanceof GrpcError ? error.status : STATUS.unknown;
    const message = error instanceof Error ? error.message : String(error);
    stream.respond(
      { ":status": 200, "content-type": "application/grpc+proto", ...statusTrailers(status, message) },
      { endStream: true },
    );
  }
}

async function readBody(stream: ServerHttp2Stream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > MAX_REQUEST_BYTES)
      throw new GrpcError(STATUS.resourceExhausted, `the request is larger than ${MAX_REQUEST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
