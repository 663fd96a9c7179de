import { TextInput } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { useAct } from "../api/use-act.ts";
import { Change } from "../components/plan/value.tsx";
import { attributeSign } from "../components/plan/signs.ts";
import { Button } from "../ui/buttons/button.tsx";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { Panel } from "../ui/layout/panel.tsx";
import { toast } from "../ui/toast.ts";
import { pathTo } from "../util/path-builder.ts";
import { FormProblem } from "./form-problem.tsx";
import "./decide-panel.css";

/** Decides on a drift case. Reverting is a pull request without commits that undoes the change in the cloud. */
export function DecidePanel({ driftCase }: { driftCase: AnswerOf<"getDriftCase"> }) {
  const router = useRouter();
  const [ticket, setTicket] = useState("");
  const revert = useAct("revertDrift", (made) => {
    toast(`Pull request #${made.number} opened`, { text: `Reverts case ${driftCase.number}.` });
    void router.navigate({ href: pathTo.pullRequest(made.number) });
  });
  const { status, pullRequest, can, number, workspace, environment, changes } = driftCase;
  if (status !== "open")
    return (
      <Panel title="Decision">
        <div className="panel__body stack" style={{ gap: 8 }}>
          <p>
            {status === "reverting"
              ? "Revert: the change in the cloud is being undone."
              : "Closed: a check found nothing."}
          </p>
          {pullRequest !== null && <ButtonLink href={pathTo.pullRequest(pullRequest)}>Open #{pullRequest}</ButtonLink>}
        </div>
      </Panel>
    );
  if (!can.revert.allowed)
    return (
      <Panel title="Decision">
        <div className="panel__body stack" style={{ gap: 8 }}>
          <p>
            Whoever may propose to <b>{environment}</b> decides: a pull request undoes the change in the cloud, or takes
            it into the code.
          </p>
          <p className="note">{can.revert.reason ?? "You may not."}</p>
        </div>
      </Panel>
    );
  return (
    <Panel title="Decide" note="by a pull request">
      <div className="decide__choice">
        <IconArrowBackUp size={16} stroke={1.75} aria-hidden="true" />
        <div>
          <h3>Revert</h3>
          <p className="note">Undo the change in the cloud. Code stays.</p>
        </div>
      </div>
      <div className="panel__foot stack" style={{ gap: 10 }}>
        <div className="decide__preview">
          <h3>
            Revert drift case {number} in {workspace}
          </h3>
          {changes.map((resource) => (
            <div key={resource.address} className="mono">
              <div>~ {resource.address}</div>
              {resource.attributes.slice(0, 8).map((attribute) => {
                const undone = {
                  ...attribute,
                  before: attribute.after,
                  after: attribute.before,
                  change:
                    attribute.change === "add"
                      ? ("remove" as const)
                      : attribute.change === "remove"
                        ? ("add" as const)
                        : attribute.change,
                };
                const { sign, tone } = attributeSign({ action: "update" }, undone);
                return (
                  <div key={attribute.path} className={`decide__line tone-${tone}`}>
                    {sign} {attribute.path} <Change before={undone.before} after={undone.after} />
                  </div>
                );
              })}
            </div>
          ))}
          <p className="note">It is planned, checked and approved like any change.</p>
        </div>
        <TextInput
          label="Ticket"
          description="Where the environment demands one."
          value={ticket}
          onChange={(event) => setTicket(event.currentTarget.value)}
        />
        <FormProblem error={revert.error} />
        <Button
          variant="primary"
          wide
          busy={revert.isPending}
          onClick={() =>
            revert.mutate({ params: { number }, body: ticket.trim() === "" ? {} : { ticket: ticket.trim() } })
          }
        >
          Open revert pull request
        </Button>
      </div>
    </Panel>
  );
}
