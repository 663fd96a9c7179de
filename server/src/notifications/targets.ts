import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { problem } from "@plumbline/contract";

/** Networks that a webhook may reach only where the configuration says so: it would otherwise be a way into ours. */
const inside = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  inside.addSubnet(network, prefix, "ipv4");
inside.addSubnet("::", 127, "ipv6");
inside.addSubnet("fc00::", 7, "ipv6");
inside.addSubnet("fe80::", 10, "ipv6");

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
  if (bad !== undefined)
    throw problem(
      "invalid_request",
      `${url.host} is ${bad}, an address inside. Set notifications.allowPrivateTargets to allow it.`,
    );
}
