import { MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { foundWorkspacesQuery } from "../api/queries/workspaces.ts";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { list } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import { FormProblem } from "./form-problem.tsx";

/** Opens a pull request without commits: plans workspaces as main declares them. Destroying is asked for on the workspace's page. */
export function OpenPullRequestDialog({
  repository,
  preset = [],
  onClose,
}: {
  repository: string;
  preset?: string[];
  onClose: () => void;
}) {
  const router = useRouter();
  const [search, setSearch] = useState("");
  const found = useQuery(foundWorkspacesQuery({ repository, search, limit: 50 })).data?.items ?? [];
  const [workspaces, setWorkspaces] = useState<string[]>(preset);
  const [title, setTitle] = useState<string | null>(null);
  const [description, setDescription] = useState("");
  const [ticket, setTicket] = useState("");
  const text = title ?? (workspaces.length === 0 ? "" : `Plan ${list(workspaces)} as main declares`);
  const open = useAct("openPullRequest", (made) => {
    toast(`Pull request #${made.number} opened`, { text: made.sentence });
    void router.navigate({ href: pathTo.pullRequest(made.number) });
    onClose();
  });
  return (
    <Dialog title="Open a pull request without commits" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate({
            body: {
              repository,
              purpose: "change",
              title: text,
              description,
              workspaces,
              ...(ticket.trim() === "" ? {} : { ticket: ticket.trim() }),
            },
          });
        }}
      >
        <p className="note">
          To propose a change of code, push to refs/for/main. This one plans what main already declares.
        </p>
        <Select label="Repository" data={[repository]} value={repository} allowDeselect={false} />
        <MultiSelect
          label="Workspaces"
          description="Each is planned; what would change is shown and approved like any change."
          data={[...new Set([...workspaces, ...found.map(({ name }) => name)])]}
          value={workspaces}
          onChange={setWorkspaces}
          searchable
          searchValue={search}
          onSearchChange={setSearch}
          data-autofocus
        />
        <TextInput
          label="Title"
          value={text}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <TextInput
          label="Ticket"
          description="Where an environment demands one. Example: PLAT-482"
          value={ticket}
          onChange={(event) => setTicket(event.currentTarget.value)}
        />
        <FormProblem error={open.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            variant="primary"
            busy={open.isPending}
            reason={workspaces.length === 0 ? "Choose a workspace." : text.trim() === "" ? "Give it a title." : null}
          >
            Open pull request
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
