import type { LintRule } from "../rule.ts";
import type { FoundSecret } from "./found-secret.ts";

const fix =
  "Take it back where it was issued, since Git keeps it for ever; then reference a sealed variable or read it from a secrets manager.";

/** Rules about credentials that somebody wrote down. */
export const secretRules = {
  privateKey: {
    id: "secret-private-key",
    severity: "critical",
    category: "secrets",
    title: "A private key is written down",
    why: "Whoever can read the repository, a copy of it or a plan can act as the key's owner.",
    fix,
    controls: [],
  },
  credential: {
    id: "secret-credential",
    severity: "critical",
    category: "secrets",
    title: "A credential is written down",
    why: "Whoever can read the repository, a copy of it or a plan can use it; the format says that it is a real one.",
    fix,
    controls: [],
  },
  password: {
    id: "secret-password",
    severity: "high",
    category: "secrets",
    title: "A password is written down",
    why: "Whoever can read the repository, a copy of it or a plan knows the password, also after it was removed.",
    fix,
    controls: [],
  },
  key: {
    id: "secret-key",
    severity: "high",
    category: "secrets",
    title: "A key is written down",
    why: "Its name calls it a key and it looks made by a machine: whoever reads the repository can use it.",
    fix,
    controls: [],
  },
  doubtful: {
    id: "secret-doubtful",
    severity: "medium",
    category: "secrets",
    title: "Something looks like a credential",
    why: "It has the format of one, but its checksum is wrong or documentation prints it: an example, or a mistyped key.",
    fix: "Replace it by a reference, so that nobody has to ask whether it is real.",
    controls: [],
  },
} as const satisfies Record<string, LintRule>;

/** The rule that a found credential breaks. */
export function ruleOf({ kind, trust }: FoundSecret): LintRule {
  if (trust === "doubtful") return secretRules.doubtful;
  if (kind === "password" || kind === "address-password") return secretRules.password;
  if (kind === "key") return secretRules.key;
  return kind.endsWith("private-key") ? secretRules.privateKey : secretRules.credential;
}
