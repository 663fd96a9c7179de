import type { Severity } from "@plumbline/contract/findings";
import type { Rule } from "../rule.ts";
import type { Condition, PortRange } from "../vocabulary/condition.ts";
import { opensAdministration, opensDatabase, opensEverything, opensOther } from "./ports.ts";

/** What differs between the providers' rules about ports that are open to the internet. */
export interface WorldOpenFamily {
  /** Ids become `<prefix>-world-open-…`. */
  prefix: string;
  resourceTypes: readonly string[];
  /** Where an opening to the internet in this port range stands. */
  failsWhen: (test: (range: PortRange) => boolean) => Condition;
  /** HCL of a resource that opens a port range to the given network. */
  example: (ports: { from: number; to: number }, cidr: string) => string;
  controls: { database: readonly string[]; administration: readonly string[] };
}

/** The four rules about ports that are open to the internet; for one opening exactly one of them fires, save where a range holds both kinds. */
export function worldOpenRules(family: WorldOpenFamily): Rule[] {
  const rule = (
    what: string,
    severity: Severity,
    test: (range: PortRange) => boolean,
    ports: { from: number; to: number },
    text: Pick<Rule, "title" | "why" | "fix" | "controls">,
  ): Rule => ({
    id: `${family.prefix}-world-open-${what}`,
    severity,
    category: "exposure",
    resourceTypes: family.resourceTypes,
    failsWhen: family.failsWhen(test),
    ...text,
    examples: { bad: family.example(ports, "0.0.0.0/0"), good: family.example(ports, "10.20.0.0/16") },
  });
  return [
    rule(
      "database",
      "critical",
      opensDatabase,
      { from: 5432, to: 5432 },
      {
        title: "A database port is open to the whole internet",
        why: "Anybody can try passwords and known faults against the database; scanners find such a port within minutes.",
        fix: "Allow only the networks or security groups of the applications that use the database.",
        controls: family.controls.database,
      },
    ),
    rule(
      "administration",
      "critical",
      opensAdministration,
      { from: 22, to: 22 },
      {
        title: "An administration port is open to the whole internet",
        why: "SSH, remote desktop and their like give whoever gets in full control of the machine; they are attacked all the time.",
        fix: "Reach machines through a VPN, a bastion or a session service, and allow only its network.",
        controls: family.controls.administration,
      },
    ),
    rule(
      "everything",
      "critical",
      opensEverything,
      { from: 0, to: 65535 },
      {
        title: "All ports are open to the whole internet",
        why: "Whatever listens on the machine, now or later, can be attacked from anywhere.",
        fix: "Open only the ports that are needed, to the networks that need them.",
        controls: family.controls.administration,
      },
    ),
    rule(
      "other",
      "medium",
      opensOther,
      { from: 8080, to: 8080 },
      {
        title: "A port other than the web's is open to the whole internet",
        why: "Services behind such ports are seldom made to stand on the internet by themselves.",
        fix: "Put the service behind a load balancer or gateway on 443, or allow only known networks.",
        controls: [],
      },
    ),
  ];
}
