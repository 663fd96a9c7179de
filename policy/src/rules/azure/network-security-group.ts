import type { Rule } from "../../rule.ts";
import { opensEverything } from "../ports.ts";
import { worldOpenRules } from "../world-open.ts";
import { inboundRule, opensToWorld } from "./openings.ts";
import type { Opening } from "./openings.ts";
import { resourceOf } from "./resource-example.ts";

/** Services over UDP that answer a small question with a large answer: chargen, DNS, TFTP, portmap, NTP, NetBIOS, SNMP, LDAP, SSDP, mDNS. */
const amplifying = [17, 19, 53, 69, 111, 123, 137, 161, 389, 1900, 5353];

function amplifies({ range, udp }: Opening): boolean {
  return udp && !range.all && amplifying.some((port) => range.from <= port && port <= range.to);
}

function opensWeb({ range, udp }: Opening): boolean {
  return !udp && range.from === range.to && [80, 443].includes(range.from);
}

const controls = { database: [], administration: ["CIS Azure 5.0 7.1", "CIS Azure 5.0 7.2"] };

interface Place {
  prefix: string;
  type: string;
  block: "security_rule" | undefined;
}

/** Rules inside the security group, and rules as resources of their own. */
const places: readonly Place[] = [
  { prefix: "azure-nsg", type: "azurerm_network_security_group", block: "security_rule" },
  { prefix: "azure-nsg-rule", type: "azurerm_network_security_rule", block: undefined },
];

function hcl({ type, block }: Place, rule: string): string {
  return resourceOf(type, block === undefined ? rule : `${block} {\n${rule.replaceAll(/^/gm, "  ")}\n}`);
}

export const azureNetworkSecurityGroupRules: Rule[] = places.flatMap((place) => [
  ...worldOpenRules({
    prefix: place.prefix,
    resourceTypes: [place.type],
    failsWhen: (test) =>
      opensToWorld(
        place.block,
        (opening) => !amplifies(opening) && !(opening.udp && isQuic(opening)) && test(opening.range),
      ),
    example: (ports, cidr) => hcl(place, inboundRule(ports, cidr)),
    controls,
  }),
  {
    id: `${place.prefix}-world-open-udp`,
    severity: "high",
    category: "exposure",
    title: "A UDP port that serves attacks on others is open to the whole internet",
    resourceTypes: [place.type],
    failsWhen: opensToWorld(place.block, (opening) => amplifies(opening) && !opensEverything(opening.range)),
    why: "Small forged questions make such services send large answers to a victim; the machine becomes part of attacks.",
    fix: "Allow only the networks that ask the service.",
    controls: ["CIS Azure 5.0 7.3"],
    examples: {
      bad: hcl(place, inboundRule({ from: 53, to: 53 }, "0.0.0.0/0", "Udp")),
      good: hcl(place, inboundRule({ from: 53, to: 53 }, "10.20.0.0/16", "Udp")),
    },
  },
  {
    id: `${place.prefix}-world-open-web`,
    severity: "low",
    category: "exposure",
    title: "The web's ports are open to the whole internet",
    resourceTypes: [place.type],
    failsWhen: opensToWorld(place.block, opensWeb),
    why: "What answers here directly has no web application firewall in front, unless it is the gateway itself.",
    fix: "Let only the gateway's network in, or the service tag AzureFrontDoor.Backend.",
    controls: ["CIS Azure 5.0 7.4"],
    examples: {
      bad: hcl(place, inboundRule({ from: 443, to: 443 }, "0.0.0.0/0")),
      good: hcl(place, inboundRule({ from: 443, to: 443 }, "10.20.0.0/16")),
    },
  },
]);

/** HTTP/3 is the web over UDP. */
function isQuic({ range }: Opening): boolean {
  return range.from === 443 && range.to === 443;
}
