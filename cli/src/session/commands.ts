import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf, wholeNumber } from "../command/leaf.ts";
import type { CreateTokenOptions } from "./create-token.ts";
import type { LoginOptions } from "./login.ts";
import type { SetUpOptions } from "./set-up.ts";

/** `plumb login|set-up|logout|whoami|tokens …` */
export function addSession(program: Command, context: Context): void {
  leaf(program, "login", "Sign in; keeps an API token on this machine", [
    "plumb login https://plumbline.example.org",
    "plumb login http://127.0.0.1:8300 --name dev --days 7",
    "plumb login https://plumbline.example.org --token-stdin < token",
  ])
    .argument("<url>", "address of the server")
    .option("--name <name>", "who you are; asked for where it is left out")
    .option("--organization <name>", "the organization, where the server has several")
    .option("--scope <scopes...>", "what the token may do: all, read, propose, approve, operate, state, git")
    .option("--days <count>", "days until the token expires", wholeNumber, 90)
    .option("--token-stdin", "read an API token from stdin instead of asking for a password")
    .action(async (url: string, options: LoginOptions) => (await import("./login.ts")).login(context, url, options));
  leaf(program, "set-up", "Set up a new installation: its first organization and administrator", [
    'plumb set-up https://plumbline.example.org --organization acme --name ada --display-name "Ada Byron" --email ada@example.org',
    'plumb set-up http://127.0.0.1:8300 --organization acme --name ada --display-name "Ada Byron" --email ada@example.org --secret-file secret --root-key-kept < password',
  ])
    .argument("<url>", "address of the server")
    .requiredOption("--organization <name>", "small letters, digits and dashes")
    .requiredOption("--name <name>", "the administrator; with it he signs in")
    .requiredOption("--display-name <text>", "what others see")
    .requiredOption("--email <address>", "his e-mail")
    .option(
      "--secret-file <file>",
      "file with the set-up secret, which the server made; asked for where it is left out",
    )
    .option("--root-key-kept", "a copy of the root key is kept apart; do not ask")
    .action(async (url: string, options: SetUpOptions) =>
      (await import("./set-up.ts")).setUpInstallation(context, url, options),
    );
  leaf(program, "logout", "Revoke the token that login made, and forget it", ["plumb logout"])
    .argument("[url]", "address of the server; the current one where it is left out")
    .action(async (url: string | undefined) => (await import("./logout.ts")).logout(context, url));
  leaf(program, "whoami", "Who you are here, with which roles", ["plumb whoami --json"]).action(async () =>
    (await import("./who-am-i.ts")).showMe(context),
  );
  const tokens = group(program, "tokens", "Your API tokens");
  leaf(tokens, "list", "List your API tokens, never their values", ["plumb tokens list"]).action(async () =>
    (await import("./list-tokens.ts")).listAll(context),
  );
  leaf(tokens, "create", "Make an API token with your password; it goes into a new file that only you may read", [
    "plumb tokens create ci --scope read --scope propose --days 30 --token-file ci.token",
  ])
    .argument("<name>", "what it is for")
    .requiredOption("--scope <scopes...>", "what it may do: all, read, propose, approve, operate, state, git")
    .requiredOption("--token-file <file>", "where it goes")
    .option("--days <count>", "days until it expires", wholeNumber, 90)
    .action(async (name: string, options: CreateTokenOptions) =>
      (await import("./create-token.ts")).makeToken(context, name, options),
    );
  leaf(tokens, "revoke", "Revoke one of your API tokens", ["plumb tokens revoke 01938c5e-0000-7000-8000-000000000001"])
    .argument("<id>", "its id, as tokens list shows it")
    .action(async (id: string) => (await import("./revoke-token.ts")).revoke(context, id));
}
