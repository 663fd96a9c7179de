import { Checkbox, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/PasswordInput.css";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { CommandText } from "../ui/text/command-text.tsx";
import { FormProblem } from "./form-problem.tsx";

const organizationPattern = /^[a-z0-9][a-z0-9-]{0,38}$/;
const namePattern = /^[a-z][a-z0-9-]{0,38}$/;

interface Filled {
  organization: string;
  name: string;
  displayName: string;
  email: string;
  password: string;
  rootKeyKept: boolean;
}

/** What is still missing, in the order of the form; null where nothing is. */
function missing(filled: Filled): string | null {
  if (!organizationPattern.test(filled.organization)) return "Name the organization.";
  if (!namePattern.test(filled.name)) return "Name the administrator.";
  if (filled.displayName.trim() === "") return "Say how the administrator is shown.";
  if (!filled.email.includes("@")) return "Give the administrator's e-mail.";
  if (filled.password.length < 10) return "The password has to have at least 10 characters.";
  return filled.rootKeyKept ? null : "Keep a copy of the root key, then confirm it.";
}

/** The organization, its first administrator, and what to do with the root key. */
export function SetUpForm({
  secret,
  rootKey,
  onDone,
}: {
  secret: string;
  rootKey: { file: string; keyId: string };
  onDone: () => void;
}) {
  const [filled, setFilled] = useState<Filled>({
    organization: "",
    name: "",
    displayName: "",
    email: "",
    password: "",
    rootKeyKept: false,
  });
  const change = (part: Partial<Filled>) => setFilled((before) => ({ ...before, ...part }));
  const act = useAct("setUp", onDone);
  const reason = missing(filled);
  const { organization, rootKeyKept, ...administrator } = filled;
  const wrong = (text: string, pattern: RegExp, example: string) =>
    text !== "" && !pattern.test(text) ? `Small letters, digits and dashes. Example: ${example}` : undefined;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === null && rootKeyKept) act.mutate({ body: { secret, organization, administrator, rootKeyKept } });
      }}
    >
      <section>
        <h2>Organization</h2>
        <TextInput
          label="Name"
          description="Stands in Git addresses: /git/acme/shop.git. It stays."
          value={organization}
          error={wrong(organization, organizationPattern, "acme")}
          onChange={(event) => change({ organization: event.currentTarget.value })}
          autoComplete="organization"
        />
      </section>
      <section>
        <h2>First administrator</h2>
        <div className="form__row">
          <TextInput
            label="Signs in as"
            description="Also in CODEOWNERS."
            value={filled.name}
            error={wrong(filled.name, namePattern, "jane-doe")}
            onChange={(event) => change({ name: event.currentTarget.value })}
            autoComplete="username"
          />
          <TextInput
            label="Shown as"
            description="Example: Jane Doe"
            value={filled.displayName}
            onChange={(event) => change({ displayName: event.currentTarget.value })}
            autoComplete="name"
          />
        </div>
        <div className="form__row">
          <TextInput
            label="E-mail"
            type="email"
            description="For notifications."
            value={filled.email}
            onChange={(event) => change({ email: event.currentTarget.value })}
            autoComplete="email"
          />
          <PasswordInput
            label="Password"
            description="At least 10 characters."
            value={filled.password}
            onChange={(event) => change({ password: event.currentTarget.value })}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": "Show what is typed" }}
          />
        </div>
      </section>
      <section>
        <h2>Root key</h2>
        <p className="note">
          States, plans and secrets are sealed with this key. Keep a copy apart from this machine and from the backups:
          without it nobody can read any of them.
        </p>
        <dl>
          <dt>File</dt>
          <dd>
            <code>{rootKey.file}</code>
          </dd>
          <dt>Key id</dt>
          <dd>
            <code>{rootKey.keyId}</code>
          </dd>
        </dl>
        <CommandText label="Prints the key as text, to be kept" text={`sudo base64 ${quoted(rootKey.file)}`} />
        <Checkbox
          label="A copy of the root key is kept apart"
          description="Written down in the audit log, with the key's id."
          checked={rootKeyKept}
          onChange={(event) => change({ rootKeyKept: event.currentTarget.checked })}
        />
      </section>
      <FormProblem error={act.error} />
      <Button type="submit" variant="primary" wide busy={act.isPending} reason={reason} reasonBelow>
        Set up and sign in
      </Button>
    </form>
  );
}

/** A path as a shell takes it as one word. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
