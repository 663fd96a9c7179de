import type { WorkspaceSummary } from "@plumbline/contract";

/** A workspace as a list shows it, in sync. */
export function workspaceSummary(name: string): WorkspaceSummary {
  const none = {
    severity: null,
    verifiedAt: null,
    run: null,
    pullRequest: null,
    driftCase: null,
    progress: null,
  };
  const where = {
    repository: "r",
    component: "shop",
    environment: "dev",
    layer: "a",
    declared: true,
  };
  return {
    ...none,
    ...where,
    name,
    state: "in_sync",
    sentence: "",
    resources: 1,
    overdue: false,
    dependsOn: [],
    lane: [],
  };
}
