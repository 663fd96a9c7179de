import { BlockList, isIP } from "node:net";
import { problem } from "@plumbline/contract";
import type { FastifyRequest } from "fastify";

/** Says whether a request came over a connection that nobody can read along. */
export type TransportCheck = (request: FastifyRequest) => void;

/**
 * Refuses plain HTTP beyond loopback with `insecure_transport`, unless this server ends TLS itself, a trusted proxy says that it
 * did, or the operator allows it. A proxy that nobody declared is refused even on loopback: what it forwards may have
 * come from anywhere in clear.
 */
export function transportCheck(options: { trustedProxies: readonly string[]; allowInsecure: boolean }): TransportCheck {
  const proxies = blockList(options.trustedProxies);
  return (request) => {
    if (options.allowInsecure || isEncrypted(request.raw.socket)) return;
    const peer = request.raw.socket.remoteAddress;
    if (peer === undefined) return; // a unix socket
    if (contains(proxies, peer)) {
      if (request.protocol === "https") return;
      if (request.headers["x-forwarded-proto"] !== undefined)
        throw problem("insecure_transport", "The proxy received this request over plain HTTP.");
      throw problem(
        "insecure_transport",
        `${peer} is declared as a proxy, and does not say how it received this request.`,
        {
          next: 'Let the proxy send X-Forwarded-Proto. Where no proxy is, take the address out of "trustedProxies".',
        },
      );
    }
    const forwarded = request.headers["x-forwarded-for"] ?? request.headers["forwarded"];
    if (contains(loopback, peer) && forwarded === undefined) return;
    throw problem(
      "insecure_transport",
      forwarded === undefined
        ? `This request came from ${peer} over plain HTTP.`
        : `This request came through a proxy at ${peer} that is not declared as trusted.`,
      { next: 'Use HTTPS (set "tls"), or declare the proxy that ends TLS in "trustedProxies".' },
    );
  };
}

const loopback = blockList(["127.0.0.0/8", "::1"]);

function isEncrypted(socket: object): boolean {
  return "encrypted" in socket && socket.encrypted === true;
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function contains(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? "ipv6" : "ipv4");
}
