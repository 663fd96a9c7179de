import { useQuery } from "@tanstack/react-query";
import type { BlockPlace } from "@plumbline/contract/plan-view";
import { filesQuery, plansQuery } from "../../api/queries/pull-requests.ts";
import { useCallback, useMemo, type ReactNode } from "react";
import { ButtonLink } from "../../ui/buttons/button-link.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { pathTo } from "../../util/path-builder.ts";
import { PlaceAddress } from "../plan/place-link.tsx";
import { PlanPanel } from "../plan/plan-panel.tsx";
import { Unjudged } from "../plan/unjudged.tsx";
import { AffectedTable } from "./affected-table.tsx";
import { shownWorkspace } from "./shown-workspace.ts";
import type { PullRequest } from "./types.ts";

/**
 * The affected workspaces and the plan of the one that is selected; `[` and `]` go through them. `children` stands below
 * once the plan is there: nothing is pushed down.
 */
export function PlansTab({ pullRequest, children }: { pullRequest: PullRequest; children?: ReactNode }) {
  const [search, setSearch] = useAddress();
  const { affected } = pullRequest;
  const shown = shownWorkspace(affected, search["workspace"]);
  const step = (by: number) => {
    const index = affected.findIndex(({ workspace }) => workspace === shown?.workspace);
    const next = affected[index + by];
    if (next !== undefined) setSearch({ workspace: next.workspace }, { replace: true });
  };
  useKeys({ "[": () => step(-1), "]": () => step(1) });
  return (
    <>
      {affected.length === 0 ? (
        <div className="panel">
          <Empty title="No workspace is affected">
            Nothing that any workspace reads is changed, so nothing is planned or applied.
          </Empty>
        </div>
      ) : (
        <AffectedTable pullRequest={pullRequest} selected={shown?.workspace} />
      )}
      {shown === undefined ? (
        children
      ) : (
        <WorkspacePlan number={pullRequest.number} workspace={shown.workspace} line={shown.line}>
          {children}
        </WorkspacePlan>
      )}
    </>
  );
}

function WorkspacePlan({
  number,
  workspace,
  line,
  children,
}: {
  number: number;
  workspace: string;
  line: string;
  children: ReactNode;
}) {
  const plans = useQuery(plansQuery(number, workspace));
  const files = useQuery(filesQuery(number)).data?.items;
  const changed = useMemo(() => new Set(files?.map(({ path }) => path)), [files]);
  const addressOf = useCallback(
    ({ file, line }: BlockPlace) =>
      changed.has(file) ? pathTo.pullRequest(number, { tab: "code", file, line }) : undefined,
    [changed, number],
  );
  return (
    <PlaceAddress value={addressOf}>
      <Loaded query={plans} label={`The plan of ${workspace}`} lines={6}>
        {({ items }) => {
          // Until the plan of another one is there, the one before stays in its place.
          const found = plans.isPlaceholderData ? items[0] : items.find((item) => item.workspace === workspace);
          if (found === undefined || found.plan === null)
            return (
              <Panel title={workspace}>
                <Empty
                  title="No plan yet"
                  {...(found === undefined
                    ? {}
                    : { action: <ButtonLink href={pathTo.run(found.run)}>Open run {found.run}</ButtonLink> })}
                >
                  {line}
                </Empty>
              </Panel>
            );
          return (
            <>
              <Unjudged failures={found.judgementFailures} />
              <PlanPanel
                key={`${found.workspace} ${found.run}`}
                title={found.workspace}
                digest={found.digest}
                plan={found.plan}
                findings={found.findings}
                text={found.text}
                side={
                  <ButtonLink href={pathTo.run(found.run)} variant="quiet">
                    Run {found.run}
                  </ButtonLink>
                }
              />
            </>
          );
        }}
      </Loaded>
      {!plans.isPending && children}
    </PlaceAddress>
  );
}
