import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { EgressRules } from "../supervisor/supervisor-job.ts";
import { connectEgress, isNetworkStep } from "./egress-connect.ts";

/** Answers a supervisor's CONNECT: a connection to a host outside, or 403 with the reason. Never throws. */
export async function connectOutside(egress: EgressRules, request: IncomingMessage, client: Duplex): Promise<void> {
  client.on("error", () => client.destroy());
  const step = request.headers["x-plumbline-step"];
  try {
    if (!isNetworkStep(step)) throw new Error("no step is named");
    const upstream = await connectEgress(egress, step, request.url ?? "");
    upstream.on("error", () => client.destroy());
    upstream.on("close", () => client.destroy());
    client.on("close", () => upstream.destroy());
    client.write("HTTP/1.1 200 Connected\r\n\r\n");
    upstream.pipe(client).pipe(upstream);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/[^\x20-\x7e]+/g, " ");
    client.end(`HTTP/1.1 403 Refused\r\nx-plumbline-reason: ${reason.slice(0, 500)}\r\ncontent-length: 0\r\n\r\n`);
  }
}
