import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { runnersQuery } from "../api/queries/runners.ts";
import { useAct } from "../api/use-act.ts";
import { mayDo, useMe } from "../api/use-me.ts";
import { RunnerTools } from "../components/runner-tools.tsx";
import { ConfirmDialog } from "../forms/confirm-dialog.tsx";
import { RunnerDialog } from "../forms/runner-dialog.tsx";
import { RunnersTable, type Runner } from "../tables/runners-table.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { toast } from "../ui/toast.ts";
import { count } from "../util/format.ts";

/** Runners: who executes, how busy, for which environments, and with which engines. */
export function RunnersPage() {
  const me = useMe();
  const runners = useQuery(runnersQuery());
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Runner | null>(null);
  const revoke = useAct("revokeRunner", () => {
    toast("The runner is revoked");
    setRevoking(null);
  });
  const reason = mayDo(me, "runner.administer") ? null : "Only an administrator does this.";
  return (
    <>
      <PageHead
        title="Runners"
        sentence={runners.data === undefined ? null : sentence(runners.data)}
        actions={
          <Button icon={IconPlus} reason={reason} onClick={() => setAdding(true)}>
            Register a runner
          </Button>
        }
      />
      <div className="stack">
        <Loaded query={runners} label="Runners">
          {({ items }) => (
            <div className="panel">
              {items.length === 0 ? (
                <Empty title="No runners">Runs wait until a runner is registered and started.</Empty>
              ) : (
                <RunnersTable items={items} reason={reason} onRevoke={setRevoking} />
              )}
            </div>
          )}
        </Loaded>
        <RunnerTools reason={reason} />
      </div>
      {adding && <RunnerDialog onClose={() => setAdding(false)} />}
      {revoking !== null && (
        <ConfirmDialog
          title={`Revoke ${revoking.name}`}
          action="Revoke the runner"
          danger
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ params: { name: revoking.name } })}
          onClose={() => setRevoking(null)}
        >
          <p>
            Its token is refused from now on.{" "}
            {revoking.busy > 0
              ? `${count(revoking.busy, "run")} of it ${revoking.busy === 1 ? "loses its lease and becomes" : "lose their leases and become"} unknown.`
              : "It has no run at work."}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function sentence({ items, queued }: { items: readonly Runner[]; queued: number }): string {
  const active = items.filter(({ revokedAt }) => revokedAt === null);
  const online = active.filter((runner) => runner.online).length;
  const waiting =
    queued === 0 ? "No run waits for one." : `${count(queued, "run")} ${queued === 1 ? "waits" : "wait"} for one.`;
  if (active.length === 0)
    return `No runner is registered, so no run can start. ${queued === 0 ? "None waits." : waiting}`;
  return `${online} of ${count(active.length, "runner")} ${active.length === 1 ? "answers" : "answer"}. ${waiting}`;
}
