import { FileInput, Progress, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { upload } from "../api/upload.ts";
import { Button } from "../ui/buttons/button.tsx";
import { CommandText } from "../ui/text/command-text.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { fullName, type NamedWorkspace, pathTo } from "../util/path-builder.ts";
import { bytes } from "../util/format.ts";
import { FormProblem } from "./form-problem.tsx";

/** Takes a state over that exists already: a file in, a pull request out. */
export function ImportStateDialog({
  workspace,
  engine,
  onClose,
}: {
  workspace: NamedWorkspace;
  engine: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [ticket, setTicket] = useState("");
  const [part, setPart] = useState(0);
  const bring = useMutation({
    mutationFn: (chosen: File) =>
      upload(
        "importState",
        { params: { workspace: fullName(workspace) }, query: ticket.trim() === "" ? {} : { ticket: ticket.trim() } },
        chosen,
        setPart,
      ),
    onSuccess: (made) => {
      void client.invalidateQueries();
      toast(`Pull request #${made.number} opened`, { text: `It takes over the state of ${workspace.name}.` });
      void router.navigate({ href: pathTo.pullRequest(made.number) });
      onClose();
    },
  });
  const busy = bring.isPending;
  return (
    <Dialog title={`Take over the state of ${workspace.name}`} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (file === null || busy) return;
          setPart(0);
          bring.mutate(file);
        }}
      >
        <p>
          Give the file that the engine prints where the state is now. It is kept sealed and apart; a pull request plans
          over it, and the plan must show no change. Merged, it is the first version here. Nothing else changes.
        </p>
        <CommandText text={`${engine} state pull > state.json`} label="How to get it" />
        <FileInput
          label="State"
          placeholder="Choose a file"
          value={file}
          onChange={setFile}
          description={file === null ? "As state pull prints it, unedited." : bytes(file.size)}
          disabled={busy}
        />
        <TextInput
          label="Ticket"
          description="Where the environment demands one."
          value={ticket}
          onChange={(event) => setTicket(event.currentTarget.value)}
        />
        {busy && (
          <div role="status">
            <Progress value={part * 100} aria-label="Sent" />
            <p className="note">{part < 1 ? `${Math.floor(part * 100)} % sent` : "Sent; it is read and sealed."}</p>
          </div>
        )}
        <FormProblem error={bring.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy} reason={file === null ? "No file is chosen yet." : null}>
            Open the pull request
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
