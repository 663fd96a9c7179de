import { Checkbox, PasswordInput, TagsInput, TextInput } from "@mantine/core";
import type { RoleBinding } from "@plumbline/contract/access";
import { useState } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { FormProblem } from "./form-problem.tsx";
import { RoleFields } from "./role-fields.tsx";
import "./person-dialog.css";

type Person = AnswerOf<"listPeople">["items"][number];
const namePattern = /^[a-z][a-z0-9-]{0,38}$/;

/** Adds a person, or changes one: roles, addresses, password, whether he may sign in. */
export function PersonDialog({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const [name, setName] = useState(person?.name ?? "");
  const [displayName, setDisplayName] = useState(person?.displayName ?? "");
  const [email, setEmail] = useState(person?.email ?? "");
  const [addresses, setAddresses] = useState<string[]>(person?.addresses ?? []);
  const [password, setPassword] = useState("");
  const [roles, setRoles] = useState<RoleBinding[]>(person?.roles ?? [{ role: "reader", environments: "*" }]);
  const [disabled, setDisabled] = useState((person?.disabledAt ?? null) !== null);
  const done = () => {
    toast(person === null ? `${name} added` : `${person.name} changed`);
    onClose();
  };
  const create = useAct("createPerson", done);
  const change = useAct("changePerson", done);
  const submit = () => {
    const secret = password === "" ? {} : { password };
    if (person === null)
      create.mutate({ body: { name, displayName, addresses, roles, ...(email === "" ? {} : { email }), ...secret } });
    else
      change.mutate({
        params: { name: person.name },
        body: { displayName, addresses, roles, email: email === "" ? null : email, disabled, ...secret },
      });
  };
  const nameWrong = person === null && name !== "" && !namePattern.test(name);
  const passwordShort = password !== "" && password.length < 10;
  return (
    <Dialog title={person === null ? "Add a person" : `Change ${person.name}`} onClose={onClose} wide>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="form__row">
          <TextInput
            label="Name"
            description="Used to sign in and in CODEOWNERS."
            value={name}
            disabled={person !== null}
            error={
              nameWrong ? "Small letters, digits and dashes, beginning with a letter. Example: jane-doe" : undefined
            }
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
          />
          <TextInput
            label="Shown as"
            description="Example: Jane Doe"
            value={displayName}
            onChange={(event) => setDisplayName(event.currentTarget.value)}
          />
        </div>
        <div className="form__row">
          <TextInput
            label="E-mail"
            type="email"
            description="For notifications; counts as an author's address."
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            description={
              person === null ? "At least 10 characters." : "Write-only; leave empty to keep the present one."
            }
            value={password}
            error={passwordShort ? "At least 10 characters." : undefined}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="new-password"
          />
        </div>
        <TagsInput
          label="Addresses in commits"
          description="Who wrote a commit under one of these cannot approve it. Enter adds one."
          value={addresses}
          onChange={setAddresses}
        />
        <RoleFields value={roles} onChange={setRoles} />
        {person !== null && (
          <Checkbox
            label="May not sign in"
            description="Sessions and tokens end at once; what the person did stays in the log."
            checked={disabled}
            onChange={(event) => setDisabled(event.currentTarget.checked)}
          />
        )}
        <FormProblem error={create.error ?? change.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            variant="primary"
            busy={create.isPending || change.isPending}
            reason={
              name === "" || nameWrong
                ? "Name the person."
                : displayName === ""
                  ? "Say how the person is shown."
                  : passwordShort
                    ? "The password is too short."
                    : null
            }
          >
            {person === null ? "Add the person" : "Save"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
