import type { Json, JsonObject } from "../../resources/json.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { Condition, JudgeContext, Match, PortRange, Value } from "../../vocabulary/condition.ts";
import { isWorld } from "../../vocabulary/network.ts";

/** An inbound rule that allows a range of ports to everybody on the internet. */
export interface Opening {
  range: PortRange;
  udp: boolean;
}

const attributes = [
  "direction",
  "access",
  "protocol",
  "source_address_prefix",
  "source_address_prefixes",
  "destination_port_range",
  "destination_port_ranges",
] as const;

/** Inbound rules, inside the security group or beside it, with an opening for which the test is true. */
export function opensToWorld(block: "security_rule" | undefined, test: (opening: Opening) => boolean): Condition {
  const reads = block === undefined ? attributes : attributes.map((name) => `${block}.${name}`);
  return judge((context) => {
    if (block === undefined) return judgeRule(context, "", test);
    const list = context.read(block);
    if (!list.known) return [{ outcome: "unknown", attribute: block }];
    const rules = Array.isArray(list.value) ? list.value : [];
    return rules.flatMap((_, position) => judgeRule(context, `${block}[${position}].`, test));
  }, reads);
}

function judgeRule({ read }: JudgeContext, base: string, test: (opening: Opening) => boolean): Match[] {
  const at = (name: (typeof attributes)[number]): Value => read(`${base}${name}`);
  const inbound = isWord(at("direction"), "inbound");
  const allowed = isWord(at("access"), "allow");
  if (inbound === false || allowed === false) return [];
  const sources = [...items(at("source_address_prefix")), ...items(at("source_address_prefixes"))];
  const open = sources.some((source) => source !== undefined && isEverybody(source));
  if (!open && !sources.includes(undefined)) return [];
  const protocol = at("protocol");
  const ports = [...items(at("destination_port_range")), ...items(at("destination_port_ranges"))];
  const hit = ports.find((port) => port !== undefined && openingsOf(port, protocol).some(test));
  const certain = open && inbound === true && allowed === true && protocol.known && hit !== undefined;
  if (hit === undefined && !ports.includes(undefined)) return [];
  const attribute = `${base}${at("source_address_prefix").known && open ? "source_address_prefix" : "destination_port_range"}`;
  const name = read(`${base}name`);
  const identity = JSON.stringify([name.known ? name.value : "?", ...ports.map((port) => port ?? "?")]);
  return [{ outcome: certain ? "true" : "unknown", attribute, ...(base === "" ? {} : { identity }) }];
}

/** Undefined while it is not known. */
function isWord(value: Value, word: string): boolean | undefined {
  if (!value.known) return undefined;
  return typeof value.value === "string" && value.value.toLowerCase() === word;
}

/** One text, or those of a list; undefined for what is not known yet. */
function items(value: Value): (string | undefined)[] {
  if (!value.known) return [undefined];
  const list: readonly Json[] = Array.isArray(value.value) ? value.value : [value.value];
  return list.flatMap((item) => (item === null || typeof item === "object" || item === "" ? [] : [String(item)]));
}

function isEverybody(source: string): boolean {
  return ["*", "any", "internet", "0.0.0.0", "::", "<nw>/0", "/0"].includes(source.toLowerCase()) || isWorld(source);
}

/** `22`, `20-25` or `*`; ICMP has no ports. */
function openingsOf(port: string, protocol: Value): Opening[] {
  const name = protocol.known && typeof protocol.value === "string" ? protocol.value.toLowerCase() : "*";
  if (["icmp", "ah", "esp"].includes(name)) return [];
  const [first = "", last = first] = port === "*" ? ["0", "65535"] : port.split("-");
  const [from, to] = [Number(first), Number(last)];
  if (Number.isNaN(from) || Number.isNaN(to)) return [];
  return [{ range: { from, to, all: from <= 1 && to >= 65534 }, udp: name === "udp" }];
}

/** The HCL of an inbound rule, for examples. */
export function inboundRule(ports: Pick<PortRange, "from" | "to">, cidr: string, protocol = "Tcp"): string {
  const range =
    ports.to - ports.from > 65000 ? "*" : ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
  const values: JsonObject = {
    name: "orders",
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol,
    source_port_range: "*",
    destination_port_range: range,
    source_address_prefix: cidr === "0.0.0.0/0" ? "*" : cidr,
    destination_address_prefix: "*",
  };
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  return Object.entries(values)
    .map(([name, value]) => `${name.padEnd(width)} = ${JSON.stringify(value)}`)
    .join("\n");
}
