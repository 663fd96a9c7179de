import type { FastifyInstance } from "fastify";

/** In this scope every body arrives as a Buffer of at most `maxBytes`, whatever its type: states, reports. */
export function bodiesAsBytes(scope: FastifyInstance, maxBytes: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: maxBytes }, (_request, body, done) =>
    done(null, body),
  );
}

/** The body of a route in such a scope; empty where none came. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** In this scope bodies are not read: the handler takes them from `request.raw` and limits them itself (Git). */
export function bodiesAsStreams(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
}
