import { IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { call } from "../api/call.ts";
import type { AnswerOf } from "../api/endpoints.ts";
import { matrixQuery, overviewQuery } from "../api/queries/overview.ts";
import { mayDo, useMe } from "../api/use-me.ts";
import { useRepository } from "../api/use-repository.ts";
import { ApiError, problemOf } from "../api/api-error.ts";
import { Activity } from "../components/overview/activity.tsx";
import { DetectionDelay } from "../components/overview/detection-delay.tsx";
import { NoComponents } from "../components/overview/no-components.tsx";
import { RowsFoot } from "../components/overview/rows-foot.tsx";
import { WaitsForMe } from "../components/overview/waits-for-me.tsx";
import { Legend } from "../components/matrix/legend.tsx";
import { Matrix } from "../components/matrix/matrix.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Segments } from "../ui/layout/segments.tsx";
import { WhenSeen } from "../ui/loading/when-seen.tsx";
import "./overview-page.css";
import { useAddress } from "../ui/use-address.ts";
import { count } from "../util/format.ts";
import { fullName } from "../util/path-builder.ts";

/** Its form is loaded where there is no repository yet: most people never see it. */
const FirstRepository = lazy(async () => ({
  default: (await import("../components/overview/first-repository.tsx")).FirstRepository,
}));

/** It stands below the matrix: its code comes with its data. */
const ScopePanel = lazy(async () => ({ default: (await import("../components/scope/scope-panel.tsx")).ScopePanel }));

/** Does it hang true? The matrix, what waits for me, what happened. */
export function OverviewPage() {
  const [repository, choose] = useRepository();
  const overview = useQuery(overviewQuery(repository));
  const gone = overview.data === undefined && overview.error instanceof ApiError && overview.error.status === 404;
  // A repository that was chosen once and is no more: the organization's first is shown instead.
  useEffect(() => {
    if (gone && repository !== undefined) choose(undefined);
  }, [gone, repository, choose]);
  const [search, setSearch] = useAddress();
  const client = search["client"];
  const order = search["order"] === "severity" ? "severity" : "layer";
  const all = search["rows"] === "all";
  const rows = useInfiniteQuery({ ...matrixQuery(repository), enabled: all });
  if (gone && repository === undefined)
    return (
      <>
        <PageHead title="Overview" sentence="Nothing is here yet." />
        <Suspense fallback={null}>
          <FirstRepository />
        </Suspense>
      </>
    );
  return (
    <>
      <PageHead
        title={overview.data?.headline ?? "Overview"}
        sentence={overview.data?.sentence}
        actions={
          overview.data?.matrix.total === 0 ? undefined : (
            <>
              <Segments
                label="Order of the rows"
                items={[
                  { id: "layer", label: "By layer" },
                  { id: "severity", label: "By severity" },
                ]}
                selected={order}
                onSelect={(id) => setSearch({ order: id === "layer" ? undefined : id }, { replace: true })}
              />
              {overview.data !== undefined && <CheckAll overview={overview.data} />}
            </>
          )
        }
      />
      <Loaded query={overview} label="The overview" lines={8}>
        {(data) => (
          <div className="columns overview">
            <div className="stack overview__main">
              {data.matrix.total === 0 ? (
                <NoComponents repository={data.repository} />
              ) : (
                <Matrix
                  overview={all ? withRows(data, rows.data?.pages ?? []) : data}
                  order={order}
                  foot={
                    <RowsFoot
                      shown={
                        all
                          ? (rows.data?.pages ?? []).flatMap((page) => page.components).length
                          : data.components.length
                      }
                      matrix={data.matrix}
                      all={all}
                      onAll={(wanted) => setSearch({ rows: wanted ? "all" : undefined }, { replace: true })}
                      query={rows}
                    />
                  }
                />
              )}
              {data.matrix.total > 0 && <Legend />}
              {data.detectionDelay.length > 0 && <DetectionDelay delays={data.detectionDelay} />}
              {data.components.length > 0 && (
                <WhenSeen>
                  {() => (
                    <Suspense fallback={null}>
                      <ScopePanel repository={data.repository} {...(client ? { environments: `${client}/*` } : {})} />
                    </Suspense>
                  )}
                </WhenSeen>
              )}
            </div>
            <div className="stack">
              <WaitsForMe items={data.waitsForMe} />
              <Activity items={data.activity} />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

/** The overview with the rows of these pages instead of its own. */
function withRows(data: AnswerOf<"getOverview">, pages: readonly AnswerOf<"getOverview">[]): AnswerOf<"getOverview"> {
  return {
    ...data,
    components: pages.flatMap((page) => page.components),
    workspaces: pages.flatMap((page) => page.workspaces),
  };
}

/** Checks every workspace that is shown and that the person may operate. */
function CheckAll({ overview }: { overview: AnswerOf<"getOverview"> }) {
  const me = useMe();
  const [busy, setBusy] = useState(false);
  const mine = overview.workspaces.filter(
    ({ environment, state }) => state !== "never_applied" && mayDo(me, "environment.operate", environment),
  );
  const check = async () => {
    setBusy(true);
    const { toast } = await import("../ui/toast.ts");
    const results = await Promise.allSettled(
      mine.map((workspace) => call("checkDrift", { params: { workspace: fullName(workspace) } })),
    );
    const refused = results.find((result) => result.status === "rejected");
    const started = results.filter((result) => result.status === "fulfilled").length;
    if (started > 0) toast(`${count(started, "drift check")} started`);
    if (refused !== undefined)
      toast("A drift check was not started", { text: problemOf(refused.reason).detail, failed: true });
    setBusy(false);
  };
  return (
    <Button
      icon={IconRefresh}
      busy={busy}
      onClick={() => void check()}
      reason={
        mine.length === 0 ? "Only who may operate an environment can start a check; your roles allow none." : null
      }
    >
      {overview.matrix.folded ? "Check these for drift" : "Check drift now"}
    </Button>
  );
}
