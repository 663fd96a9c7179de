import aws from "./topics/aws.json" with { type: "json" };
import azure from "./topics/azure.json" with { type: "json" };
import google from "./topics/google.json" with { type: "json" };
import kubernetes from "./topics/kubernetes.json" with { type: "json" };
import type { ScannerFinding } from "./scanner.ts";

/** One problem under the names that it has here and elsewhere. */
export interface Topic {
  /** Our rules for it, the one that says it best first; none where only others look at it. */
  rules: readonly string[];
  checkov?: readonly string[];
  trivy?: readonly string[];
}

/** Which checks of others are about what our rules are about. Ids are facts; each was compared by what it looks at. */
export const topics: readonly Topic[] = [...aws, ...azure, ...google, ...kubernetes];

const byCheck = indexByCheck();

function indexByCheck(): ReadonlyMap<string, readonly Topic[]> {
  const found = new Map<string, Topic[]>();
  for (const topic of topics)
    for (const id of [...(topic.checkov ?? []), ...(topic.trivy ?? [])])
      found.set(id, [...(found.get(id) ?? []), topic]);
  return found;
}

/** What a finding is about, as far as the table knows. Ids tell the scanner: `CKV_AWS_20`, `AWS-0092`. */
export function topicsOf({ rule }: Pick<ScannerFinding, "rule">): readonly Topic[] {
  return byCheck.get(rule) ?? [];
}
