import type { Can } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { canDo, may } from "../access/authorize.ts";

/** Whoever works on an environment may have it looked at now: who proposes, approves or operates. */
export function mayCheckDrift(actor: Actor, environment: string): boolean {
  return (["environment.operate", "environment.propose", "environment.approve"] as const).some((action) =>
    may(actor, action, environment),
  );
}

/** What the actor may do with a workspace now, and why not. `proposedBy`: the pull request that brings its state along. */
export function workspaceRights(
  actor: Actor,
  workspace: {
    environment: string;
    frozen: unknown;
    resources: number;
    stateVersion: number | null;
    appliedCommit: string | null;
  },
  proposedBy?: number,
): { checkDrift: Can; confirmStopped: Can; destroy: Can; readState: Can; importState: Can } {
  const { environment } = workspace;
  const when = (possible: boolean, why: string, can: Can): Can => (possible ? can : { allowed: false, reason: why });
  return {
    checkDrift: when(
      workspace.appliedCommit !== null,
      "Nothing was applied here yet.",
      mayCheckDrift(actor, environment)
        ? { allowed: true, reason: null }
        : canDo(actor, "environment.operate", environment),
    ),
    confirmStopped: when(
      workspace.frozen !== null,
      "It is not frozen.",
      canDo(actor, "environment.operate", environment),
    ),
    destroy: when(workspace.resources > 0, "It holds no resources.", canDo(actor, "environment.propose", environment)),
    importState: when(
      workspace.resources === 0 && proposedBy === undefined,
      proposedBy === undefined ? "It has a state already." : `#${proposedBy} proposes a state for it.`,
      may(actor, "environment.propose", environment)
        ? canDo(actor, "state.import", environment)
        : canDo(actor, "environment.propose", environment),
    ),
    readState: when(workspace.stateVersion !== null, "It has no state yet.", canDo(actor, "state.read", environment)),
  };
}
