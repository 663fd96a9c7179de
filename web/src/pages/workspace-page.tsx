import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { problemOf } from "../api/api-error.ts";
import type { AnswerOf } from "../api/endpoints.ts";
import { workspaceQuery } from "../api/queries/workspaces.ts";
import { WhichWorkspace } from "../components/workspace/which-workspace.tsx";
import "../components/workspace/workspace.css";
import { WorkspaceHead } from "../components/workspace/workspace-head.tsx";
import { TabContent, workspaceTabs } from "../components/workspace/workspace-tabs.tsx";
import { isDestroyed, workspaceWord } from "../components/state-words.ts";
import { ConfirmStoppedDialog } from "../forms/confirm-stopped-dialog.tsx";
import { DestroyDialog } from "../forms/destroy-dialog.tsx";
import { ImportStateDialog } from "../forms/import-state-dialog.tsx";
import { OpenPullRequestDialog } from "../forms/open-pull-request-dialog.tsx";
import { Banner } from "../ui/layout/banner.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { Tabs } from "../ui/layout/tabs.tsx";
import { useAddress } from "../ui/use-address.ts";
import { capital } from "../util/format.ts";
import { pathTo, workspaceOfPath } from "../util/path-builder.ts";

type Workspace = AnswerOf<"getWorkspace">;

/** A workspace: its state, queue, values, state versions. */
export function WorkspacePage() {
  const name = workspaceOfPath(useParams({ strict: false }));
  const workspace = useQuery(workspaceQuery(name));
  if (workspace.error !== null && problemOf(workspace.error).code === "invalid_request")
    return <WhichWorkspace name={name} />;
  return (
    <Loaded query={workspace} label={name} lines={8} page>
      {(data) => <Shown key={name} workspace={data} />}
    </Loaded>
  );
}

function Shown({ workspace }: { workspace: Workspace }) {
  const [asking, setAsking] = useState<"change" | "destroy" | "import" | "stopped" | null>(null);
  const [search, setSearch] = useAddress();
  const tab = workspaceTabs.find((id) => id === search["tab"]) ?? "summary";
  const close = () => setAsking(null);
  const { name, repository } = workspace;
  return (
    <>
      <WorkspaceHead
        workspace={workspace}
        onChange={() => setAsking("change")}
        onDestroy={() => setAsking("destroy")}
      />
      <State workspace={workspace} onConfirm={() => setAsking("stopped")} />
      <ComingState workspace={workspace} onImport={() => setAsking("import")} />
      <Tabs
        label={name}
        selected={tab}
        onSelect={(id) =>
          setSearch({ tab: id === "summary" ? undefined : id, from: undefined, version: undefined, at: undefined })
        }
        items={[
          { id: "summary", label: "Summary" },
          { id: "resources", label: "Resources", count: workspace.resources },
          { id: "state", label: "State versions", count: workspace.stateVersions[0]?.version },
          { id: "runs", label: "Runs" },
          { id: "drift", label: "Drift" },
        ]}
      />
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className="workspace-panel">
        <TabContent workspace={workspace} tab={tab} />
      </div>
      {asking === "change" && <OpenPullRequestDialog repository={repository} preset={[name]} onClose={close} />}
      {asking === "destroy" && <DestroyDialog workspace={workspace} onClose={close} />}
      {asking === "import" && (
        <ImportStateDialog workspace={workspace} engine={workspace.engine.name} onClose={close} />
      )}
      {asking === "stopped" && <ConfirmStoppedDialog workspace={workspace} onClose={close} />}
    </>
  );
}

/** Where nothing is yet: the state that somebody brings along, or how to bring one. */
function ComingState({ workspace, onImport }: { workspace: Workspace; onImport: () => void }) {
  const { state, stateProposedBy, can } = workspace;
  if (stateProposedBy !== null)
    return (
      <Banner
        tone="ink"
        glyph="waits"
        action={<ButtonLink href={pathTo.pullRequest(stateProposedBy)}>{`Open #${stateProposedBy}`}</ButtonLink>}
      >
        <b>#{stateProposedBy} brings its state along.</b> Until that is merged or closed nothing is applied here, and
        changes are planned over that state.
      </Banner>
    );
  if (state !== "never_applied") return null;
  if (isDestroyed(workspace))
    return (
      <Banner tone="ink" glyph="skipped">
        <b>Everything here was destroyed.</b> Its state versions are kept. New change plans it anew as main declares it.
      </Banner>
    );
  return (
    <Banner
      tone="ink"
      glyph="never_applied"
      action={
        <Button reason={can.importState.allowed ? null : (can.importState.reason ?? "You may not.")} onClick={onImport}>
          Take over a state
        </Button>
      }
    >
      <b>Nothing was applied here yet.</b> If what it describes exists already, take its state over first: without it
      everything would be created again.
    </Banner>
  );
}

/** What is the case, where something is. */
function State({ workspace, onConfirm }: { workspace: Workspace; onConfirm: () => void }) {
  const { frozen, state, sentence, driftCase, run, can } = workspace;
  const { tone, glyph } = workspaceWord(workspace);
  if (frozen !== null)
    return (
      <Banner
        tone="frozen"
        glyph="frozen"
        action={
          <Button
            variant="primary"
            reason={can.confirmStopped.allowed ? null : (can.confirmStopped.reason ?? "You may not.")}
            onClick={onConfirm}
          >
            Confirm that nothing runs
          </Button>
        }
      >
        <b>{capital(frozen.reason).replace(/\.?$/, ".")}</b> Nothing is applied here until somebody who may operate it
        confirms that nothing runs any more; then it is planned anew, and what is left to do is held for approval.
      </Banner>
    );
  if (state === "in_sync" || state === "never_applied") return null;
  const target =
    driftCase !== null && state === "drifted"
      ? { href: pathTo.driftCase(driftCase), label: `Open case ${driftCase}` }
      : run === null
        ? null
        : { href: pathTo.run(run), label: `Open run ${run}` };
  return (
    <Banner
      tone={tone}
      glyph={glyph}
      action={target === null ? undefined : <ButtonLink href={target.href}>{target.label}</ButtonLink>}
    >
      <b>{sentence}</b>
    </Banner>
  );
}
