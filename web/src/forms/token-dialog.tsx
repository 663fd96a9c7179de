import { Checkbox, NumberInput, TextInput } from "@mantine/core";
import type { TokenScope } from "@plumbline/contract/access";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { FormProblem } from "./form-problem.tsx";
import { ShownOnce } from "./shown-once.tsx";
import "@mantine/core/styles/NumberInput.css";

const scopes: { scope: TokenScope; label: string }[] = [
  { scope: "all", label: "all: everything you may" },
  { scope: "read", label: "read: look at everything you may see" },
  { scope: "propose", label: "propose: open pull requests, set sealed variables" },
  { scope: "approve", label: "approve: sign plans" },
  { scope: "operate", label: "operate: cancel, retry, check drift" },
  { scope: "state", label: "state: read states" },
  { scope: "git", label: "git: clone and push" },
];

/** Makes an API token; its value is shown once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<TokenScope[]>(["read", "git"]);
  const [days, setDays] = useState(90);
  const create = useAct("createToken");
  const isScope = (value: string): value is TokenScope => scopes.some(({ scope }) => scope === value);
  return (
    <Dialog title="New API token" onClose={onClose}>
      {create.data !== undefined ? (
        <ShownOnce what="the token" token={create.data.token} onDone={onClose} />
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate({ body: { name: name.trim(), scopes: chosen, expiresInDays: days } });
          }}
        >
          <TextInput
            label="Name"
            description="Where it is used. Example: laptop"
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Checkbox.Group
            label="Scopes"
            description="They narrow your rights, never widen them."
            value={chosen}
            onChange={(values) => setChosen(values.filter(isScope))}
          >
            <div className="stack" style={{ gap: 6, marginTop: 6 }}>
              {scopes.map(({ scope, label }) => (
                <Checkbox key={scope} value={scope} label={label} />
              ))}
            </div>
          </Checkbox.Group>
          <NumberInput
            label="Expires in days"
            min={1}
            max={366}
            value={days}
            onChange={(value) => setDays(typeof value === "number" ? value : 90)}
          />
          <FormProblem error={create.error} />
          <div className="dialog-actions">
            <Button onClick={onClose}>Close</Button>
            <Button
              type="submit"
              variant="primary"
              busy={create.isPending}
              reason={name.trim() === "" ? "Name it." : chosen.length === 0 ? "Choose a scope." : null}
            >
              Make the token
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
