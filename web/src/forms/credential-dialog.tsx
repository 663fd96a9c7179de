import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { FormProblem } from "./form-problem.tsx";
import { readAssignments } from "./read-assignments.ts";

/** Sets the environment variables of one phase's credential; all of them are replaced. */
export function CredentialDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [phase, setPhase] = useState<"plan" | "apply">("plan");
  const [text, setText] = useState("");
  const { variables, wrong } = readAssignments(text);
  const set = useAct("setCredential", (credential) => {
    toast(`Credential ${credential.name} for ${credential.phase} set`);
    onClose();
  });
  return (
    <Dialog title="Set a credential" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate({ params: { name, phase }, body: { variables } });
        }}
      >
        <div className="form__row">
          <TextInput
            label="Name"
            description="As environment.yaml names it. Example: prod"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Select
            label="Phase"
            description="plan reads, apply writes"
            data={["plan", "apply"]}
            value={phase}
            allowDeselect={false}
            onChange={(picked) => setPhase(picked === "apply" ? "apply" : "plan")}
          />
        </div>
        <Textarea
          label="Variables"
          description="One NAME=value per line; they replace all that are set. Write-only."
          autosize
          minRows={4}
          value={text}
          error={wrong === null ? undefined : `Line ${wrong} is not NAME=value. Example: AWS_REGION=eu-central-1`}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <FormProblem error={set.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            variant="primary"
            busy={set.isPending}
            reason={
              /^[a-z0-9][a-z0-9/_-]{0,99}$/.test(name)
                ? wrong !== null
                  ? "A line is wrong."
                  : Object.keys(variables).length === 0
                    ? "Name a variable."
                    : null
                : "Name it: small letters, digits, / _ -."
            }
          >
            Set the credential
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
