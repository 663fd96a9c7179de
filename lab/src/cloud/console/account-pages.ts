import type { Kind } from "../../kinds/attribute.ts";
import { KINDS } from "../../kinds/kinds.ts";
import type { Cloud } from "../cloud.ts";
import type { Activity, Resource } from "../resource.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";
import { page } from "./layout.ts";
import type { Frame } from "./layout.ts";
import { shortValue, timeTag } from "./value-markup.ts";

/** The first page: every account with how much is in it. */
export function homePage(frame: Frame, cloud: Cloud): Markup {
  const rows = frame.accounts.map((account) => {
    const count = KINDS.reduce((sum, kind) => sum + cloud.list(account, kind).length, 0);
    const [last] = cloud.activity({ account, limit: 1 });
    return html`<tr>
      <th scope="row"><a href="/console/${account}">${account}</a></th>
      <td>${count}</td>
      <td>${last ? html`${timeTag(last.at)} by ${last.actor}` : "never"}</td>
    </tr>`;
  });
  return page(
    frame,
    "Accounts",
    html`<h1>Accounts</h1>
      <table>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Resources</th>
            <th scope="col">Last change</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
  );
}

/** Everything in one account, kind by kind. */
export function accountPage(frame: Frame, cloud: Cloud, account: string): Markup {
  const filled = KINDS.map((kind) => ({ kind, resources: cloud.list(account, kind) })).filter(
    ({ resources }) => resources.length > 0,
  );
  return page(
    frame,
    account,
    html`<h1>${account}</h1>
      <p><a href="/console/${account}/activity">Activity of this account</a></p>
      ${filled.length === 0 ? html`<p>This account is empty. Resources appear here once something creates them.</p>` : null}
      ${filled.map(({ kind, resources }) => kindSection(account, kind, resources))}`,
  );
}

function kindSection(account: string, kind: Kind, resources: readonly Resource[]): Markup {
  return html`<section aria-labelledby="${kind.name}">
    <h2 id="${kind.name}">${kind.title}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Id</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        ${resources.map(
          (resource) =>
            html`<tr>
              <th scope="row">
                <a href="/console/${account}/${kind.name}/${resource.id}">${shortValue(resource.values["name"])}</a>
              </th>
              <td><code>${resource.id}</code></td>
              <td>${timeTag(resource.updatedAt)} by ${resource.updatedBy}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

export function activityPage(frame: Frame, lines: readonly Activity[]): Markup {
  return page(
    frame,
    "Activity",
    html`<h1>Activity in ${frame.account}</h1>
      ${activityTable(lines)}`,
  );
}

/** Who did what, newest first. */
export function activityTable(lines: readonly Activity[]): Markup {
  if (lines.length === 0) return html`<p>Nothing happened yet.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">When</th>
        <th scope="col">Who</th>
        <th scope="col">What</th>
        <th scope="col">Changes</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <td>${timeTag(line.at)}</td>
            <td>${line.actor}</td>
            <td>${line.action} ${line.kind} ${line.name}</td>
            <td>
              ${
                line.action === "update"
                  ? line.changes.map(
                      ({ attribute, from, to }) =>
                        html`<div><code>${attribute}</code>: ${shortValue(from)} → ${shortValue(to)}</div>`,
                    )
                  : null
              }
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
