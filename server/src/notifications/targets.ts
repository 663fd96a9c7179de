import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { problem } from "@plumbline/contract";
import type { Problem } from "@plumbline/contract";

/** Networks that a webhook may reach only where the configuration says so: it would otherwise be a way into ours. */
const inside = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 96],
  ["::ffff:0:0:0", 96],
  // Ways to write an IPv4 address that a gateway turns into it: NAT64, Teredo, 6to4.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2001::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  inside.addSubnet(network, prefix, "ipv6");

/** Whether an address belongs to loopback, a private or a link-local network. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isInside(mapped);
  return inside.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Checks a webhook's URL. Throws `invalid_request`. */
export function readWebhookUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw problem("invalid_request", "target must be an http or https URL, such as https://hooks.example.com/T0/B1.");
  return url;
}

/** Throws unless the URL's host is outside, or inside is allowed. */
export async function assertReachable(url: URL, allowPrivate: boolean): Promise<void> {
  if (allowPrivate) return;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) === 0 ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];
  const bad = addresses.find(isInside);
  if (bad !== undefined) throw insideProblem(url, bad);
}

/** What is said of a URL that leads inside. */
export function insideProblem(url: URL, address: string): Problem {
  return problem(
    "invalid_request",
    `${url.host} is ${address}, an address inside. Set notifications.allowPrivateTargets to allow it.`,
  );
}
