import type { Kind } from "./attribute.ts";
import { bucket } from "./bucket.ts";
import { database } from "./database.ts";
import { dnsRecord } from "./dns-record.ts";
import { firewall } from "./firewall.ts";
import { network, subnet } from "./network.ts";
import { service } from "./service.ts";

/** Every kind of resource in the Lab Cloud, in the order the console shows them. */
export const KINDS: readonly Kind[] = [network, subnet, firewall, database, service, bucket, dnsRecord];

export function findKind(name: string): Kind | undefined {
  return KINDS.find((kind) => kind.name === name);
}
