import { clientOf } from "@plumbline/contract/access";
import type { EnvironmentView } from "@plumbline/contract";
import { Checkbox, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { mainCommitsQuery, repositoriesQuery } from "../api/queries/repositories.ts";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { count, list, short } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import { FormProblem } from "./form-problem.tsx";

/** The environment whose turn is before all that are chosen: of the same client, or of none. */
function environmentBefore(environments: readonly EnvironmentView[], chosen: readonly string[]) {
  const first = environments.findIndex(({ name }) => chosen.includes(name));
  const client = clientOf(environments[first]?.name ?? "");
  return environments
    .slice(0, Math.max(first, 0))
    .findLast(({ name }) => clientOf(name) === undefined || clientOf(name) === client);
}

/** Moves environments' pins to a commit of main, by a pull request. */
export function PromoteDialog({ repository, onClose }: { repository: string; onClose: () => void }) {
  const router = useRouter();
  const environments =
    useQuery(repositoriesQuery()).data?.items.find(({ name }) => name === repository)?.environments ?? [];
  const commits = useQuery(mainCommitsQuery(repository)).data?.items ?? [];
  const [chosen, setChosen] = useState<string[]>([]);
  const [commit, setCommit] = useState<string | null>(null);
  const [label, setLabel] = useState("");
  const [ticket, setTicket] = useState("");
  const needsTicket = environments.filter(({ name, ticketRequired }) => ticketRequired && chosen.includes(name));
  const promote = useAct("promote", (made) => {
    toast(`Pull request #${made.number} opened`, { text: made.sentence });
    void router.navigate({ href: pathTo.pullRequest(made.number) });
    onClose();
  });
  const before = environmentBefore(environments, chosen);
  const picked = commits.find(({ id }) => id === (commit ?? before?.pin?.ref ?? commits[0]?.id));
  return (
    <Dialog title="Promote" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          promote.mutate({
            body: {
              repository,
              environments: chosen,
              ...(commit === null ? {} : { commit }),
              ...(label.trim() === "" ? {} : { label: label.trim() }),
              ...(ticket.trim() === "" ? {} : { ticket: ticket.trim() }),
            },
          });
        }}
      >
        <Checkbox.Group label="Environments whose pin moves" value={chosen} onChange={setChosen}>
          <div className="stack" style={{ gap: 6, marginTop: 6 }}>
            {environments.map(({ name, pin, behind }) => (
              <Checkbox
                key={name}
                value={name}
                label={name}
                description={
                  pin === null
                    ? "follows main; this would be its first pin"
                    : `at ${pin.label ?? short(pin.ref)}, ${count(behind, "commit")} behind main`
                }
              />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          label="Commit of main"
          description={
            before === undefined || before.pin === null
              ? "The newest where none is chosen."
              : `What ${before.name} runs where none is chosen.`
          }
          placeholder={picked === undefined ? "main's newest commit" : `${short(picked.id)} ${picked.subject}`}
          data={commits.map(({ id, subject }) => ({ value: id, label: `${short(id)} ${subject}` }))}
          value={commit}
          onChange={setCommit}
          searchable
          clearable
        />
        {picked !== undefined && (
          <p className="note">
            {picked.applied.length === 0
              ? "Applied cleanly in no environment yet."
              : `Applied cleanly in ${list(picked.applied)}.`}{" "}
            A commit that has not applied cleanly in one environment cannot be promoted to the next.
          </p>
        )}
        <div className="form__row">
          <TextInput
            label="Label"
            description="For people. Example: 2026.47"
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <TextInput
            label="Ticket"
            description={
              needsTicket.length === 0 ? "Not demanded." : `Demanded by ${list(needsTicket.map(({ name }) => name))}.`
            }
            value={ticket}
            onChange={(event) => setTicket(event.currentTarget.value)}
          />
        </div>
        <p className="note">
          The change is everything between the old and the new pin: the owners of those paths approve.
        </p>
        <FormProblem error={promote.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            variant="primary"
            busy={promote.isPending}
            reason={chosen.length === 0 ? "Choose an environment." : null}
          >
            Open promotion
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
