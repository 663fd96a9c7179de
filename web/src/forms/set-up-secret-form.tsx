import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { FormProblem } from "./form-problem.tsx";

/** Asks for the secret that the server printed, and shows it to the server. */
export function SetUpSecretForm({
  onOpened,
}: {
  onOpened: (secret: string, rootKey: AnswerOf<"openSetUp">["rootKey"]) => void;
}) {
  const [secret, setSecret] = useState("");
  const open = useAct("openSetUp", ({ rootKey }) => onOpened(secret, rootKey));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (secret.trim() !== "") open.mutate({ body: { secret } });
      }}
    >
      <TextInput
        label="Set-up secret"
        description="The server printed it at its start (journalctl -u plumbline-server); it is also in the file set-up-secret of its data directory."
        placeholder="1a2b3c4d-…"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <FormProblem error={open.error} />
      <Button
        type="submit"
        variant="primary"
        wide
        busy={open.isPending}
        reason={secret.trim() === "" ? "Enter the secret." : null}
      >
        Go on
      </Button>
    </form>
  );
}
