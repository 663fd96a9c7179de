import type { AttributeView, Finding, PlanView, ResourceView } from "@plumbline/contract";

/** Plan views of the usual sizes: most change a few resources, some dozens, one in thirty hundreds. */
export function planViews(): PlanView[] {
  return Array.from({ length: 30 }, (_, at) => planView(at === 29 ? 300 : at >= 26 ? 40 : 1 + (at % 5)));
}

function planView(resources: number): PlanView {
  return {
    version: 1,
    engineVersion: "1.11.4",
    counts: { add: 0, change: resources, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 },
    changes: true,
    complete: true,
    errored: false,
    resources: Array.from({ length: resources }, (_, at) => changedBucket(`module.base.aws_s3_bucket.this[${at}]`)),
    outputs: [],
    outside: [],
    hidden: { resources: 0, outputs: 0, outside: 0 },
  };
}

/** A bucket whose tags change. */
export function changedBucket(address: string, after = "45"): ResourceView {
  const attributes = ["tags.retention", "tags_all.retention", "lifecycle_rule[0].expiration[0].days"].map(
    (path): AttributeView => ({
      path,
      change: "change",
      before: { kind: "value", text: '"30"' },
      after: { kind: "value", text: `"${after}"` },
      replaces: false,
    }),
  );
  return {
    address,
    module: "module.base",
    mode: "managed",
    type: "aws_s3_bucket",
    name: "this",
    action: "update",
    actions: ["update"],
    replacePaths: [],
    importing: false,
    attributes,
    unchanged: 14,
    hidden: 0,
  };
}

/** What checks find in one plan of four. */
export function planFindings(): Finding[] {
  return (["medium", "low"] as const).map((severity, at) => ({
    fingerprint: `seeded-${at}`,
    rule: `aws-s3-${severity}`,
    severity,
    category: "storage",
    title: "The bucket keeps no versions",
    why: "What is overwritten or deleted is gone.",
    fix: "Set versioning to Enabled.",
    outcome: "fail",
    address: "module.base.aws_s3_bucket.this",
    attribute: "versioning",
    place: { file: "modules/base-0/main.tf", line: 5 },
    chain: [],
    source: "plumbline",
    controls: [],
    standing: { kind: "baseline", blocks: false, touched: false },
  }));
}
