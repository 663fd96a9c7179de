import { TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { FormProblem } from "./form-problem.tsx";
import { ShownOnce } from "./shown-once.tsx";

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Registers a runner for environments; its token is shown once. */
export function RunnerDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [environments, setEnvironments] = useState<string[]>(["*"]);
  const create = useAct("createRunner");
  const wrong = name !== "" && !namePattern.test(name);
  return (
    <Dialog title="Register a runner" onClose={onClose}>
      {create.data !== undefined ? (
        <ShownOnce what="the runner's token" token={create.data.token} onDone={onClose} />
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate({ body: { name, environments } });
          }}
        >
          <TextInput
            label="Name"
            description="Example: runner-3"
            value={name}
            error={wrong ? "Small letters, digits and dashes. Example: runner-3" : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <TagsInput
            label="Environments"
            description="Names or patterns of what it may run. Enter adds one."
            value={environments}
            onChange={setEnvironments}
          />
          <FormProblem error={create.error} />
          <div className="dialog-actions">
            <Button onClick={onClose}>Close</Button>
            <Button
              type="submit"
              variant="primary"
              busy={create.isPending}
              reason={name === "" || wrong ? "Name it." : environments.length === 0 ? "Name an environment." : null}
            >
              Register
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
