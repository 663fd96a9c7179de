import { lookup } from "node:dns/promises";
import { BlockList, connect, isIP, type Socket } from "node:net";
import { isAllowed, parseTarget, type Target } from "../supervisor/gateway/allow-list.ts";
import type { EgressRules } from "../supervisor/supervisor-job.ts";

/** Steps that have a network. */
export function isNetworkStep(step: unknown): step is "init" | "plan" | "apply" {
  return step === "init" || step === "plan" || step === "apply";
}

/** An address that must not be reached, or a host that may not be. */
class EgressRefused extends Error {
  override readonly name = "EgressRefused";
}

/**
 * Connects a step to a host, after looking at the allow-list again: the supervisor asked, but it stands closer to code of
 * other people. A declared name goes to its declared address. Every other name must not lead to this machine or to a
 * metadata service, whatever DNS says. Throws EgressRefused, or the error of the connection.
 */
export async function connectEgress(
  rules: EgressRules,
  step: "init" | "plan" | "apply",
  authority: string,
): Promise<Socket> {
  const target = parseTarget(authority, 443);
  if (!target || !isAllowed(rules.allow[step], target))
    throw new EgressRefused(`${authority} is not allowed in ${step}`);
  const declared = rules.names[target.host];
  const address =
    declared === undefined ? await resolveOutside(target, rules.allow[step]) : parseTarget(declared, target.port);
  if (!address) throw new EgressRefused(`the address declared for ${target.host} is not an address`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port });
    socket.once("connect", () => {
      socket.setNoDelay(true);
      resolve(socket);
    });
    socket.once("error", reject);
  });
}

async function resolveOutside(target: Target, allow: readonly string[]): Promise<Target> {
  const { address, family } = await lookup(target.host);
  // an address that stands in the list as such is meant
  const named =
    isIP(target.host) !== 0 &&
    isAllowed(
      allow.filter((rule) => !rule.includes("*.")),
      target,
    );
  if (!named && innerAddresses().check(address, family === 6 ? "ipv6" : "ipv4"))
    throw new EgressRefused(
      `${target.host} leads to ${address}, which belongs to this machine; declare it under egress.names`,
    );
  return { host: address, port: target.port };
}

/** Loopback, link-local (cloud metadata services) and unspecified addresses. */
function innerAddresses(): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of [
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["0.0.0.0", 8],
  ] as const)
    list.addSubnet(net, prefix, "ipv4");
  for (const [net, prefix] of [
    ["::1", 128],
    ["::", 128],
    ["fe80::", 10],
  ] as const)
    list.addSubnet(net, prefix, "ipv6");
  list.addSubnet("::ffff:127.0.0.0", 104, "ipv6");
  list.addSubnet("::ffff:169.254.0.0", 112, "ipv6");
  list.addAddress("fd00:ec2::254", "ipv6");
  return list;
}
