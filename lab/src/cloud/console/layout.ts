import { DEFAULT_PERSON } from "./console-request.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";

/** What every page shows around its content. */
export type Frame = { accounts: readonly string[]; account: string | undefined; person: string };

/** A whole page. `main` stands below its own `<h1>`. */
export function page(frame: Frame, title: string, main: Markup): Markup {
  const here = frame.account === undefined ? "/console" : `/console/${frame.account}`;
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} · Lab Cloud</title>
      <link rel="stylesheet" href="/console/console.css" />
      <link rel="icon" href="data:," />
      <script src="/console/console.js" defer></script>
    </head>
    <body>
      <a class="skip" href="#main">Skip to content</a>
      <header>
        <a class="brand" href="/console">Lab Cloud</a>
        <nav aria-label="Accounts">
          ${frame.accounts.map(
            (account) =>
              html`<a href="/console/${account}" ${account === frame.account ? CURRENT : null}>${account}</a>`,
          )}
        </nav>
        <form class="person" method="post" action="/console/person">
          <label for="person">Acting as</label>
          <input id="person" name="person" value="${frame.person}" maxlength="60" placeholder="${DEFAULT_PERSON}" />
          <input type="hidden" name="back" value="${here}" />
          <button>Set</button>
        </form>
      </header>
      <main id="main">${main}</main>
    </body>
  </html>`;
}

const CURRENT = html`aria-current="page"`;

export function errorPage(frame: Frame, message: string, back: string): Markup {
  return page(
    frame,
    "Not possible",
    html`<h1>Not possible</h1>
      <p role="alert" class="problem">${message}</p>
      <p><a href="${back}">Go back</a></p>`,
  );
}
