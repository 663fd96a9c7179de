import { hasEnded, problem } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import { isNewerSeries } from "@plumbline/engine/terraform/version-constraint";
import type { Actor } from "../../access/actor.ts";
import { authorize, may } from "../../access/authorize.ts";
import type { Tx } from "../../platform/database/pools.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { WorkspaceInput } from "../../repositories/workspace-input.ts";
import { inputOf } from "../../repositories/workspace-input.ts";
import { engineResolver } from "../../runners/tool-queries.ts";
import { readImportFile } from "../../states/import-file.ts";
import type { ImportedFacts } from "../../states/import-file.ts";
import { proposeState, requireTakeOver } from "../../states/proposed-state.ts";
import type { WorkspaceRef } from "../../states/workspace-ref.ts";
import { workspaceByName } from "../../states/workspace-ref.ts";
import { sealPrepared } from "../../states/write-state.ts";
import { rebaseOthersLater } from "../changed.ts";
import { answerPullRequest } from "../load-pull-request.ts";
import type { PatchSetDraft } from "../patch-sets/patch-set-draft.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { draftImport } from "./draft-import.ts";
import { requireLocked } from "./imported-providers.ts";
import { openOverMain } from "./open-over-main.ts";

/** What may be said with a state. */
export interface ImportWords {
  title?: string | undefined;
  description?: string | undefined;
  ticket?: string | undefined;
}

/**
 * Takes over a state that exists already: keeps it sealed beside the workspace's own, and opens a pull request without
 * commits whose plan is made over it and must show no change. When that is merged it is the workspace's first version.
 * Throws `state_file_wrong` for what is no such file, `state_refused` where the workspace cannot take it, `engine_too_old`,
 * `configuration_wrong` where the lock file lacks a provider; nothing is stored then.
 */
export async function importState(
  context: PullRequestsContext,
  actor: Actor,
  name: string,
  bytes: Buffer,
  words: ImportWords,
): Promise<PullRequest> {
  authorize(actor, "state.import");
  authorize(actor, "environment.propose");
  const { organizationId } = actor;
  const workspace = await context.db.transaction(organizationId, (tx) => placeFor(tx, actor, name));
  const facts = readImportFile(bytes);
  await context.db.transaction(organizationId, (tx) => requireFree(tx, context, actor, workspace, facts));
  const prepared = await sealPrepared(context.states, organizationId, bytes, facts);
  const opened = await openOverMain(
    context,
    actor,
    workspace.repositoryId,
    async (main) => {
      const { base, reader, rows } = main;
      const draft = await draftImport(reader, { base, workspace: workspace.name, rows });
      await main.requireProposer([workspace.environment]);
      const input = await plannedInput(reader, draft);
      if (input !== undefined) {
        await context.db.transaction(organizationId, (tx) => requireEngine(tx, workspace, input.engine, facts));
        await requireLocked(reader, draft, input, facts.providers);
      }
      return {
        pullRequest: {
          purpose: "import",
          title: words.title ?? `Take over the state of ${workspace.name}`,
          description: described(workspace, facts, words.description),
          ticket: words.ticket?.trim() ?? null,
          topic: null,
          workspaces: [workspace.name],
          revertsNumber: null,
          driftCase: null,
        },
        draft,
        pushedBy: null,
        details: {
          workspaces: [workspace.name],
          serial: facts.serial,
          lineage: facts.lineage,
          sha256: facts.sha256,
          size: facts.size,
          resources: facts.resources,
          engineVersion: facts.engineVersion,
        },
        alongside: async (tx, pullRequestId) => {
          await requireFree(tx, context, actor, workspace, facts);
          await proposeState(tx, context.states, { workspace, pullRequestId, facts, prepared });
          // Whoever changes this workspace too is shown what that does to what is there.
          await rebaseOthersLater(tx, context.clock, workspace.repositoryId, pullRequestId);
        },
      };
    },
    "Push the code first (plumb init proposes plumbline.yaml), then bring the state.",
  );
  return answerPullRequest(context, actor, opened.number);
}

async function placeFor(tx: Tx, actor: Actor, name: string): Promise<WorkspaceRef> {
  const workspace = await workspaceByName(tx, actor, name).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "not_found")
      throw problem("not_found", error.message, {
        next: "plumb workspaces list shows them. One that is to be made is declared in plumbline.yaml first: on main, or by an open pull request.",
      });
    throw error;
  });
  authorize(actor, "state.import", workspace.environment);
  authorize(actor, "environment.propose", workspace.environment);
  return workspace;
}

/** Throws `state_refused` unless the workspace holds nothing and nothing is being applied in it. */
async function requireFree(
  tx: Tx,
  context: Pick<PullRequestsContext, "runs">,
  actor: Actor,
  workspace: WorkspaceRef,
  facts: ImportedFacts,
): Promise<void> {
  await requireTakeOver(tx, workspace, facts, (environment) => may(actor, "environment.read", environment));
  const applying = (await context.runs.unappliedRuns(tx, workspace.repositoryId)).find(
    (run) => run.workspace.id === workspace.id && (!hasEnded(run.status) || run.status === "unknown"),
  );
  if (applying !== undefined)
    throw problem("state_refused", `Run ${applying.number} is to make what ${workspace.name} declares anew.`, {
      next: `Cancel it (plumb runs cancel ${applying.number}) or let it end, then bring the state.`,
    });
}

/** What the plan will read; undefined while there is nothing to plan. */
async function plannedInput(reader: RepositoryReader, draft: PatchSetDraft): Promise<WorkspaceInput | undefined> {
  const [row] = draft.affected;
  if (row === undefined) return undefined;
  const { component, environment } = row.declared;
  return inputOf(reader, { codeCommit: row.codeCommit, valuesCommit: row.valuesCommit, component, environment });
}

/** Throws `engine_too_old` where a newer series of the same engine has written the state than will read it. */
async function requireEngine(
  tx: Tx,
  { name, environment }: WorkspaceRef,
  engine: WorkspaceInput["engine"],
  { engineVersion, providers }: ImportedFacts,
): Promise<void> {
  const byTofu = providers.some((address) => address.startsWith("registry.opentofu.org/"));
  const byTerraform = providers.some((address) => address.startsWith("registry.terraform.io/"));
  // The two engines count their versions apart.
  if ((byTofu && engine.name === "terraform") || (byTerraform && engine.name === "tofu")) return;
  const resolved = (await engineResolver(tx))({ ...engine, environment });
  if (resolved.version === null || !isNewerSeries(engineVersion, resolved.version)) return;
  throw problem(
    "engine_too_old",
    `${engine.name} ${engineVersion} has written this state; "${engine.constraint}" in plumbline.yaml gives ${name} ${resolved.version}, which may not be able to read it.`,
  );
}

function described({ name }: WorkspaceRef, facts: ImportedFacts, said: string | undefined): string {
  const { resources, serial, lineage, engineVersion, sha256 } = facts;
  return [
    ...(said === undefined || said.trim() === "" ? [] : [said.trim(), ""]),
    `Takes over a state that exists already: ${resources} ${resources === 1 ? "resource" : "resources"}, serial ${serial}, lineage \`${lineage.replaceAll("`", "")}\`, written by ${engineVersion}, SHA-256 \`${sha256}\`.`,
    "",
    `The plan of ${name} is made over it and must show no change. Until this is merged or closed nothing is applied in ${name}; merged, it is the first version of its state, and nothing else changes.`,
  ].join("\n");
}
