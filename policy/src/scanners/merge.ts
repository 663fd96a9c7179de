import type { Finding, Severity } from "@plumbline/contract/findings";
import type { EffectivePolicy } from "../configuration/effective-policy.ts";
import { fingerprint } from "../judging/fingerprint.ts";
import { worse } from "../judging/severity.ts";
import type { ResourceFinding } from "../judging/judge-resources.ts";
import { withoutIndexes } from "../resources/resource.ts";
import type { Resource } from "../resources/resource.ts";
import type { SourceIndex } from "../sources/source-index.ts";
import { joinedResources } from "./joined.ts";
import { resolver } from "./resolve.ts";
import type { ScannerFinding } from "./scanner.ts";
import { severityOfCheck } from "./severity-of-check.ts";
import { topicsOf } from "./topics.ts";
import type { Topic } from "./topics.ts";

/** What results are merged with. */
export interface MergeScope {
  resources: readonly Resource[];
  index: SourceIndex;
  policy: EffectivePolicy;
  /** The severity of a rule of ours, whether or not it is in force here. */
  severityOf: (rule: string) => Severity | undefined;
}

export interface Merged {
  /** Our findings; those that others saw too say so. */
  own: Finding[];
  /** What only others saw, one finding for each problem. */
  added: ResourceFinding[];
}

/**
 * Makes one finding of what is one problem: the same topic at the same resource, or at one that belongs to it. Where we
 * found it ours stays as it is, its severity included. Where only others did the severity is that of our rule for the
 * topic if there is one, else theirs, else the table's. A topic of which all our rules are switched off is switched off
 * for all.
 */
export function mergeFindings(own: readonly Finding[], theirs: readonly ScannerFinding[], scope: MergeScope): Merged {
  const resolve = resolver(scope.resources, scope.index);
  const isJoined = joinedResources(scope.resources);
  const byRule = Map.groupBy(own, ({ rule }) => rule);
  const seen = new Map<Finding, Set<string>>();
  const rest = new Map<string, Group>();
  for (const finding of theirs) {
    const topics = topicsOf(finding);
    if (topics.length > 0 && topics.every((topic) => isOff(topic, scope.policy))) continue;
    const rules = new Set(topics.flatMap((topic) => topic.rules));
    const targets = resolve(finding);
    const ours = [...rules]
      .flatMap((rule) => byRule.get(rule) ?? [])
      .filter(({ address }) => address !== undefined && targets.some((target) => isJoined(target.address, address)));
    for (const one of ours) seen.set(one, (seen.get(one) ?? new Set()).add(finding.scanner));
    const open =
      finding.addresses.length > 1 && ours.length > 0
        ? []
        : targets.filter(({ address }) => !covers(ours, address, isJoined));
    for (const subject of subjectsOf(finding, targets, open)) {
      const [topic] = topics;
      const key = JSON.stringify([subject.key, topic ?? `${finding.scanner}:${finding.rule}`]);
      const group = rest.get(key) ?? { subject, topic, findings: [] };
      group.findings.push(finding);
      rest.set(key, group);
    }
  }
  return {
    own: own.map((finding) => {
      const by = seen.get(finding);
      return by ? { ...finding, seenBy: [finding.source, ...by] } : finding;
    }),
    added: numbered([...rest.values()]).flatMap((group) => toFinding(group, scope)),
  };
}

/** Of the same problems in one file each has its own number, in the order of their lines: one that was there hides no new one. */
function numbered(groups: readonly Group[]): (Group & { number: number })[] {
  const counts = new Map<string, number>();
  const line = ({ findings }: Group) => findings[0]?.place?.line ?? 0;
  return groups
    .toSorted((left, right) => line(left) - line(right))
    .map((group) => {
      const [first] = group.findings;
      const key = JSON.stringify([
        group.subject.address,
        first?.scanner,
        first?.rule,
        first?.title,
        first?.place?.file,
      ]);
      const number = (counts.get(key) ?? 0) + 1;
      counts.set(key, number);
      return { ...group, number };
    });
}

interface Group {
  subject: Subject;
  topic: Topic | undefined;
  findings: ScannerFinding[];
}

/** What a result is about: a resource, or only what the scanner calls it. */
interface Subject {
  key: string;
  resource?: Resource;
  address?: string;
}

function isOff({ rules }: Topic, policy: EffectivePolicy): boolean {
  return rules.length > 0 && rules.every((rule) => policy.rules[rule]?.enabled === false);
}

function covers(
  ours: readonly Finding[],
  address: string,
  isJoined: (left: string, right: string) => boolean,
): boolean {
  return ours.some((one) => one.address !== undefined && isJoined(one.address, address));
}

/** `open` are the targets that nothing of ours is about. */
function subjectsOf(finding: ScannerFinding, targets: readonly Resource[], open: readonly Resource[]): Subject[] {
  const { addresses, place } = finding;
  if (targets.length === 0) {
    const [address] = addresses;
    const key = address ?? `file:${place?.file ?? ""}:${place?.line ?? ""}`;
    return [{ key, ...(address === undefined ? {} : { address }) }];
  }
  const [first] = open;
  if (first === undefined) return [];
  // It did not say which instance; the block is what has to be changed in any case.
  if (addresses.length > 1)
    return [{ key: withoutIndexes(first.address), resource: first, address: withoutIndexes(first.address) }];
  return open.map((resource) => ({ key: resource.address, resource, address: resource.address }));
}

function toFinding(
  { subject, topic, findings, number }: Group & { number: number },
  { policy, severityOf }: MergeScope,
): ResourceFinding[] {
  const [first] = findings;
  if (!first) return [];
  const { address, resource } = subject;
  const rule = `${first.scanner}:${first.rule}`;
  const seenBy = [...new Set(findings.map(({ scanner }) => scanner))];
  const ids = [...new Set(findings.map((finding) => `${finding.scanner} ${finding.rule}`))].join(", ");
  const own = topic?.rules[0];
  const told = own === undefined ? undefined : (policy.rules[own]?.severity ?? severityOf(own));
  const help = findings.find((finding) => finding.help !== undefined)?.help;
  const finding: Finding = {
    fingerprint: fingerprint({
      rule,
      subject: address ?? `file:${first.place?.file ?? ""}`,
      detail: address === undefined ? `${first.title}${number === 1 ? "" : ` ${number}`}` : "",
    }),
    rule,
    severity: told ?? worstTold(findings) ?? severityOfCheck(first),
    category: "scanner",
    title: first.title,
    why: `Found by ${ids}.`,
    fix:
      help === undefined
        ? `The documentation of ${first.scanner} explains ${first.rule}.`
        : `It is explained at ${help}`,
    outcome: "fail",
    ...(address === undefined ? {} : { address }),
    ...(first.attribute === undefined ? {} : { attribute: first.attribute }),
    ...(resource === undefined && first.place ? { place: first.place } : {}),
    chain: [],
    source: first.scanner,
    seenBy,
    controls: [],
  };
  return [{ finding, ...(resource ? { resource } : {}) }];
}

/** What a scanner says weighs more than what the table guesses. */
function worstTold(findings: readonly ScannerFinding[]): Severity | undefined {
  return findings.reduce<Severity | undefined>(
    (worst, { severity }) => (severity === undefined ? worst : worse(worst, severity)),
    undefined,
  );
}
