/** gRPC status codes (https://grpc.io/docs/guides/status-codes/) that this server answers with. */
export const STATUS = { ok: 0, unknown: 2, resourceExhausted: 8, unimplemented: 12, internal: 13 } as const;

/** An error that reaches the caller with its status and message. */
export class GrpcError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "GrpcError";
    this.status = status;
  }
}

/** The trailers that end a call; the message is percent-encoded, because a header holds printable ASCII only. */
export function statusTrailers(status: number, message = ""): Record<string, string> {
  const trailers: Record<string, string> = { "grpc-status": String(status) };
  if (message !== "") trailers["grpc-message"] = encodeURIComponent(message.toWellFormed());
  return trailers;
}
