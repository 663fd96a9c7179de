import { TextInput } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { ChangeCounts } from "../ui/marks/change-counts.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { count } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import { FormProblem } from "./form-problem.tsx";

/** Asks for a destroy pull request: says how much goes, wants the name typed, and does no more than plan. */
export function DestroyDialog({ workspace, onClose }: { workspace: AnswerOf<"getWorkspace">; onClose: () => void }) {
  const router = useRouter();
  const { name, resources, repository } = workspace;
  const [typed, setTyped] = useState("");
  const [ticket, setTicket] = useState("");
  const ask = useAct("openPullRequest", (made) => {
    toast(`Pull request #${made.number} opened`, { text: `It plans the destruction of ${name}.` });
    void router.navigate({ href: pathTo.pullRequest(made.number) });
    onClose();
  });
  return (
    <Dialog title={`Ask to destroy ${name}`} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== name) return;
          ask.mutate({
            body: {
              repository,
              purpose: "destroy",
              title: `Destroy ${name}`,
              workspaces: [name],
              ...(ticket.trim() === "" ? {} : { ticket: ticket.trim() }),
            },
          });
        }}
      >
        <p>
          A destroy run is planned and shown. {count(resources, "resource")} would go, with the data{" "}
          {resources === 1 ? "it holds" : "they hold"}. Nothing happens before it is approved and merged.
        </p>
        <ChangeCounts
          counts={{ add: 0, change: 0, replace: 0, destroy: resources, import: 0, move: 0, forget: 0, outside: 0 }}
        />
        <TextInput
          label={`Type ${name} to go on`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={typed !== "" && !name.startsWith(typed) ? `This is not the name. Example: ${name}` : undefined}
          autoComplete="off"
        />
        <TextInput
          label="Ticket"
          description="Where the environment demands one."
          value={ticket}
          onChange={(event) => setTicket(event.currentTarget.value)}
        />
        <FormProblem error={ask.error} />
        <div className="dialog-actions">
          <Button onClick={onClose} autoFocus>
            Keep it
          </Button>
          <Button
            type="submit"
            variant="danger-fill"
            busy={ask.isPending}
            reason={typed === name ? null : "The name is not typed yet."}
          >
            Plan the destroy run
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
