import { problem } from "@plumbline/contract";
import type { FastifyRequest } from "fastify";

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser says where a request comes from: one that changes something must come from our own pages, so that no other
 * site can act with somebody's session. Programs send no Origin and pass.
 */
export function refuseForeignOrigins(request: FastifyRequest, publicUrl: string): void {
  if (harmless.has(request.method)) return;
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (origin === new URL(publicUrl).origin || origin === `${request.protocol}://${request.host}`) return;
  throw problem("not_allowed", "This request came from a page of another site.", {
    next: "Open Plumbline by the address in publicUrl.",
  });
}
