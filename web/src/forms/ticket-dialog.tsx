import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { FormProblem } from "./form-problem.tsx";

/** Names the ticket of a pull request. */
export function TicketDialog({
  number,
  ticket,
  onClose,
}: {
  number: number;
  ticket: string | null;
  onClose: () => void;
}) {
  const [text, setText] = useState(ticket ?? "");
  const name = useAct("setTicket", onClose);
  return (
    <Dialog title={`Ticket of #${number}`} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          name.mutate({ params: { number }, body: { ticket: text.trim() } });
        }}
      >
        <TextInput
          label="Ticket"
          description="Matched against the pattern of each environment that demands one. Example: PLAT-482"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <FormProblem error={name.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            variant="primary"
            busy={name.isPending}
            reason={text.trim() === "" ? "Name the ticket." : null}
          >
            Name the ticket
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
