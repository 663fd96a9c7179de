import { PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.css";
import { useState } from "react";
import { problemOf } from "../api/api-error.ts";
import { call } from "../api/call.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Glyph } from "../ui/marks/glyph.tsx";

/** Name and password; the organization only where the server asks for it. */
export function LoginForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [organization, setOrganization] = useState("");
  const [asksOrganization, setAsksOrganization] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await call("signIn", { body: { name, password, ...(organization === "" ? {} : { organization }) } });
      onSignedIn();
    } catch (error) {
      const problem = problemOf(error);
      setWrong(`${problem.title}. ${problem.next}`);
      if (/organization/i.test(problem.detail)) setAsksOrganization(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextInput
        label="Name"
        autoComplete="username"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ "aria-label": "Show what is typed" }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      {asksOrganization && (
        <TextInput
          label="Organization"
          description="This installation has several."
          value={organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
        />
      )}
      {wrong !== null && (
        <p role="alert" className="state-text tone-failed" style={{ whiteSpace: "normal" }}>
          <Glyph name="failed" />
          {wrong}
        </p>
      )}
      <Button type="submit" variant="primary" busy={busy} wide>
        Sign in
      </Button>
    </form>
  );
}
