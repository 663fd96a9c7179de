import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { LoginForm } from "../forms/login-form.tsx";
import { Logo } from "../ui/marks/logo.tsx";
import "../ui/layout/dialog.css";
import "../components/state-text.css";
import { useAddress } from "../ui/use-address.ts";
import { pathTo } from "../util/path-builder.ts";
import "./login-page.css";

/** Sign in; afterwards back to where one wanted to go. Only addresses of this site are followed. */
export function LoginPage() {
  const router = useRouter();
  const client = useQueryClient();
  const [search] = useAddress();
  const next = search["next"];
  const target = next !== undefined && /^\/(?![/\\])[^\p{Cc}]*$/u.test(next) ? next : pathTo.overview();
  return (
    <main className="login">
      <div className="login__box">
        <Logo size={40} />
        <h1>Plumbline</h1>
        <p className="note">What runs is what Git says. Sign in to see whether it hangs true.</p>
        <LoginForm
          onSignedIn={() => {
            client.clear();
            void router.navigate({ href: target });
          }}
        />
      </div>
    </main>
  );
}
