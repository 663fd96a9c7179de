import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { SetUpForm } from "../forms/set-up-form.tsx";
import { SetUpSecretForm } from "../forms/set-up-secret-form.tsx";
import { Logo } from "../ui/marks/logo.tsx";
import "../components/state-text.css";
import "../ui/layout/dialog.css";
import { pathTo } from "../util/path-builder.ts";
import "./login-page.css";
import "./set-up-page.css";

/** A new installation's first page: whoever holds the set-up secret makes the organization and its administrator. */
export function SetUpPage() {
  const router = useRouter();
  const client = useQueryClient();
  const [opened, setOpened] = useState<{ secret: string; rootKey: AnswerOf<"openSetUp">["rootKey"] } | null>(null);
  return (
    <main className="login">
      <div className="login__box set-up">
        <Logo size={40} />
        <h1>Set up Plumbline</h1>
        {opened === null ? (
          <>
            <p className="note">
              Nothing is here yet. Whoever runs the server&rsquo;s machine makes the first organization and its
              administrator; everybody else is added by the administrator afterwards.
            </p>
            <SetUpSecretForm onOpened={(secret, rootKey) => setOpened({ secret, rootKey })} />
          </>
        ) : (
          <SetUpForm
            {...opened}
            onDone={() => {
              client.clear();
              void router.navigate({ href: pathTo.overview() });
            }}
          />
        )}
      </div>
    </main>
  );
}
