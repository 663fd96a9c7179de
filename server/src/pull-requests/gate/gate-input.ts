import type { GateCondition, Place, PullRequestPurpose } from "@plumbline/contract";
import type { Ownership } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { TicketRule } from "@plumbline/contract/configuration/configuration";

/**
 * Why somebody cannot approve a pull request: he made, pushed or opened some of it (`contributed`), he sees a part of it
 * at most (`outside`), or he may not read pull requests at all (`no_role`).
 */
export type Bar = "contributed" | "outside" | "no_role";

/** Somebody who may count for the gate. */
export interface GatePerson {
  id: string;
  name: string;
  /** Why he cannot approve it, whatever he owns and may otherwise; null where nothing bars him. */
  barred: Bar | null;
  /** Names in CODEOWNERS that mean him. */
  owns(owner: string): boolean;
  mayApproveFor(environment: string): boolean;
}

/** A workspace's plan, as far as the gate asks. */
export interface GatePlan {
  workspace: string;
  environment: string;
  /** settled: nothing can be planned before the merge (outputs not known yet, a renamed or removed workspace). */
  state: "none" | "running" | "finished" | "failed" | "settled";
  detail: string;
  digest: string | null;
  /** Findings that block, and checks that could not judge. */
  blocking: number;
  /** Made over another state, or other inputs, than are there now. */
  stale: boolean;
  /** Judged by other policies than hold now. */
  outdated: boolean;
}

/** A rule of an environment, with its place on main. */
export interface GateEnvironment {
  name: string;
  approvals: number;
  approvalsPlace: Place | null;
  ticket: TicketRule | null;
  ticketPlace: Place | null;
}

/** A signed yes that is not void. */
export interface GateApproval {
  personId: string;
  /** Workspace → digest. */
  digests: ReadonlyMap<string, string>;
  filesDigest: string;
}

/** Everything the gate looks at. */
export interface GateInput {
  purpose: PullRequestPurpose;
  conflicts: readonly string[] | null;
  problems: readonly { message: string; file: string; line: number | null }[];
  plans: readonly GatePlan[];
  /** Paths for which an owner is wanted. */
  paths: readonly string[];
  ownerOf(path: string): Ownership | undefined;
  ownersFile: string;
  environments: readonly GateEnvironment[];
  approvals: readonly GateApproval[];
  filesDigest: string;
  people: readonly GatePerson[];
  ticket: string | null;
  /** The trial merge is with main as it is now. */
  onMain: boolean;
  /** People who proposed it and may not propose to one of its environments any more; their names and those. */
  proposersWithoutRight: readonly { name: string; environment: string }[];
  /** Who would be left behind by a destruction; null where nothing is destroyed. */
  dependents: readonly { workspace: string; resources: number; dependsOn: readonly string[] }[] | null;
  /** What the policies it proposes would do; null where it proposes none. */
  replay: {
    /** Whether the newest plans have been given to runners. */
    begun: boolean;
    /** Plans that are still to be judged. */
    pending: number;
    judged: number;
    /** Workspaces of which nothing is known: the policies do not work, or their tests fail; somebody canceled it; there is no plan. */
    unjudged: readonly string[];
  } | null;
  /** What a state that it brings along asks for; none where it brings none. */
  takeOver: readonly GateCondition[];
  missingApplies: readonly { environment: string; before: string; commit: string; why: string; place: Place | null }[];
}
