import type { JsonObject } from "../../resources/json.ts";
import { isObject } from "../../resources/json.ts";
import type { Condition, JudgeContext, Match, PortRange } from "../../vocabulary/condition.ts";
import { judge } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";

/** Where the protocols and ports of a firewall stand. */
interface PortLists {
  /** The list of blocks: `allow`, `match.layer4_configs`. */
  blocks: string;
  /** The attribute with the protocol's name inside such a block. */
  protocol: string;
}

/**
 * Some block opens a port range for which the test is true. Ports are texts (`22`, `8000-9000`); a block without any
 * means all ports of its protocol. https://cloud.google.com/firewall/docs/firewalls#protocols_and_ports
 */
export function opensPorts({ blocks, protocol }: PortLists, test: (range: PortRange) => boolean): Condition {
  return judge(
    ({ read }) => {
      const listed = read(blocks);
      if (!listed.known) return [{ outcome: "unknown", attribute: blocks }];
      const elements = Array.isArray(listed.value) ? listed.value.filter(isObject) : [];
      return elements.flatMap((element, position) =>
        judgeBlock({ element, at: `${blocks}[${position}]`, protocol }, read, test),
      );
    },
    [blocks],
  );
}

const everyPort: PortRange = { from: 0, to: 65535, all: true };
const withPorts = ["tcp", "6", "udp", "17", "sctp", "132"];

function judgeBlock(
  { element, at, protocol }: { element: JsonObject; at: string; protocol: string },
  read: JudgeContext["read"],
  test: (range: PortRange) => boolean,
): Match[] {
  const attribute = `${at}.ports`;
  const name = read(`${at}.${protocol}`);
  if (!name.known) return [{ outcome: "unknown", attribute: `${at}.${protocol}` }];
  const protocolName = textOf(element[protocol]).toLowerCase();
  if (protocolName === "all") return test(everyPort) ? [{ outcome: "true", attribute: `${at}.${protocol}` }] : [];
  if (!withPorts.includes(protocolName)) return [];
  const ports = read(attribute);
  if (!ports.known) return [{ outcome: "unknown", attribute }];
  const texts = Array.isArray(ports.value) ? ports.value : [];
  if (texts.length === 0) return test(everyPort) ? [{ outcome: "true", attribute }] : [];
  if (texts.some((text) => text !== null && test(rangeOf(textOf(text))))) return [{ outcome: "true", attribute }];
  return texts.includes(null) ? [{ outcome: "unknown", attribute }] : [];
}

function rangeOf(text: string): PortRange {
  const [from = "", to = from] = text.split("-");
  const range = { from: Number(from), to: Number(to) };
  return { ...range, all: range.from <= 1 && range.to >= 65534 };
}
