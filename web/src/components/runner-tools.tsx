import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toolsQuery } from "../api/queries/runners.ts";
import { useAct } from "../api/use-act.ts";
import { ConfirmDialog } from "../forms/confirm-dialog.tsx";
import { ToolsTable, type FoundTool, type Tool } from "../tables/tools-table.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { Panel } from "../ui/layout/panel.tsx";
import { toast } from "../ui/toast.ts";

/** The tool lock: which engine binaries runs may use, and what runners have that nobody has accepted. */
export function RunnerTools({ reason }: { reason: string | null }) {
  const tools = useQuery(toolsQuery());
  const [accepting, setAccepting] = useState<FoundTool | null>(null);
  const [withdrawing, setWithdrawing] = useState<Tool | null>(null);
  const accept = useAct("acceptTool", () => {
    toast("The engine is accepted");
    setAccepting(null);
  });
  const withdraw = useAct("withdrawTool", () => {
    toast("The engine is withdrawn");
    setWithdrawing(null);
  });
  return (
    <>
      <Panel title="Engines" note="a run uses an accepted binary, held against its hash, or none">
        <Loaded query={tools} label="Engines">
          {(data) =>
            data.items.length + data.found.length === 0 ? (
              <Empty title="No engines">No runner has brought one, and none is accepted.</Empty>
            ) : (
              <ToolsTable tools={data} reason={reason} onAccept={setAccepting} onWithdraw={setWithdrawing} />
            )
          }
        </Loaded>
      </Panel>
      {accepting !== null && (
        <ConfirmDialog
          title={`Accept ${accepting.name} ${accepting.version}`}
          action="Accept the engine"
          busy={accept.isPending}
          error={accept.error}
          onConfirm={() => {
            const { runners, ...tool } = accepting;
            accept.mutate({ body: { ...tool, source: `found on runner ${runners.join(", ")}`, archive: null } });
          }}
          onClose={() => setAccepting(null)}
        >
          <p>
            Runs whose constraint it satisfies use exactly this binary from now on, in every repository. A state that it
            writes may not be readable by an older version any more.
          </p>
          <p>
            SHA-256 <code>{accepting.sha256}</code>
          </p>
        </ConfirmDialog>
      )}
      {withdrawing !== null && (
        <ConfirmDialog
          title={`Withdraw ${withdrawing.name} ${withdrawing.version}`}
          action="Withdraw the engine"
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate({ params: { hash: withdrawing.sha256 } })}
          onClose={() => setWithdrawing(null)}
        >
          <p>
            No run starts with it any more. What runs with it ends as it would have; what needs it waits until another
            version that fits is accepted.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
