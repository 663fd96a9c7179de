import type { PortRange, Value } from "./condition.ts";
import { unknownText } from "./statement.ts";

const allPorts: PortRange = { from: 0, to: 65535, all: true };

/** True where the network takes in at least half of the internet: IPv4 up to /1, IPv6 up to /3 (`2000::/3` is all that is routed). */
export function isWorld(cidr: string): boolean {
  const found = /^([0-9a-f:.]+)\/(\d{1,3})$/i.exec(cidr.trim());
  if (!found?.[1] || !found[2]) return false;
  const length = Number(found[2]);
  return found[1].includes(":") ? length <= 3 : length <= 1;
}

/** True where a network that is known in part cannot be the world: one that a resource has, or one of known length. */
export function isNarrowInPart(text: string): boolean {
  const length = /\/(\d{1,3})$/.exec(text.trim())?.[1];
  if (length !== undefined) return Number(length) > 3;
  return !text.includes(unknownText) && !isWorld(text);
}

/** The ports that are open; undefined where protocol and ports say none (ICMP), unknown where they are not yet known. */
export function readPortRange(from: Value, to: Value, protocol: Value): PortRange | "unknown" | undefined {
  if (protocol.known) {
    const name = typeof protocol.value === "object" ? "tcp" : String(protocol.value).toLowerCase();
    if (["-1", "all", "any", "*"].includes(name)) return allPorts;
    if (["icmp", "icmpv6", "1", "58"].includes(name)) return undefined;
  }
  if (!from.known || !to.known || !protocol.known) return "unknown";
  const [first, last] = [toPort(from.value), toPort(to.value)];
  if (first === undefined || last === undefined) return undefined;
  return { from: first, to: last, all: first <= 1 && last >= 65534 };
}

function toPort(value: unknown): number | undefined {
  const port = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof port === "number" && Number.isFinite(port) ? port : undefined;
}
