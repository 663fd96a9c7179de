import { asText } from "../../kinds/attribute.ts";
import type { Attribute, ObjectList, JsonValue, Kind } from "../../kinds/attribute.ts";
import { isObject } from "../../kinds/check-values.ts";
import type { Activity, Resource } from "../resource.ts";
import { activityTable } from "./account-pages.ts";
import { editable, fieldText } from "./form-values.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";
import { page } from "./layout.ts";
import type { Frame } from "./layout.ts";
import { shortValue, timeTag } from "./value-markup.ts";

/** One resource: what it is, forms to change it, and what happened to it. */
export function resourcePage(
  frame: Frame,
  kind: Kind,
  resource: Resource,
  activity: readonly Activity[],
  saved: boolean,
): Markup {
  const name = shortValue(resource.values["name"]);
  const here = `/console/${resource.account}/${kind.name}/${resource.id}`;
  const fields = editable(kind);
  const fixed = kind.attributes.filter((attribute) => !fields.includes(attribute));
  return page(
    frame,
    name,
    html`<h1>${name}</h1>
      <p>${kind.description}</p>
      ${saved ? html`<p role="status" class="saved">Saved.</p>` : null}
      <dl>
        <dt>Id</dt>
        <dd><code>${resource.id}</code></dd>
        ${fixed.map(
          (attribute) =>
            html`<dt>${attribute.name}</dt>
              <dd>${shortValue(resource.values[attribute.name])}</dd>`,
        )}
        <dt>Created</dt>
        <dd>${timeTag(resource.createdAt)} by ${resource.createdBy}</dd>
        <dt>Changed</dt>
        <dd>${timeTag(resource.updatedAt)} by ${resource.updatedBy}</dd>
      </dl>
      ${kind.lists.map((list) => listSection(here, list, resource.values[list.name]))}
      <h2>Edit</h2>
      <form class="edit" method="post" action="${here}/edit">
        ${fields.map((attribute) => field(attribute, resource.values[attribute.name], "edit"))}
        <button class="primary">Save changes</button>
      </form>
      <h2>Delete</h2>
      <form method="post" action="${here}/delete" data-confirm="Delete ${name}? This cannot be undone.">
        <button class="danger">Delete ${name}</button>
      </form>
      <h2>Activity</h2>
      ${activityTable(activity)}`,
  );
}

function listSection(here: string, list: ObjectList, value: JsonValue | undefined): Markup {
  const items = (Array.isArray(value) ? value : []).map((item) => (isObject(item) ? item : {}));
  return html`<h2 id="${list.name}">${list.name} rules</h2>
    <p>${list.description}</p>
    <table aria-labelledby="${list.name}">
      <thead>
        <tr>
          ${list.attributes.map((attribute) => html`<th scope="col">${attribute.name}</th>`)}
          <th scope="col">Action</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item, index) =>
            html`<tr>
              ${list.attributes.map((attribute) => html`<td>${shortValue(item[attribute.name])}</td>`)}
              <td>
                <form method="post" action="${here}/remove-item">
                  <input type="hidden" name="list" value="${list.name}" />
                  <input type="hidden" name="index" value="${index}" />
                  <button aria-label="Remove ${list.name} rule ${index + 1}">Remove</button>
                </form>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    <h3>Open a port</h3>
    <form class="edit" method="post" action="${here}/add-item">
      <input type="hidden" name="list" value="${list.name}" />
      ${list.attributes.map((attribute) => field(attribute, attribute.fallback ?? null, list.name))}
      <button class="primary">Add rule</button>
    </form>`;
}

function field(attribute: Attribute, value: JsonValue | undefined, form: string): Markup {
  const id = `${form}-${attribute.name}`;
  return html`<div class="field">
    <label for="${id}">${attribute.name}</label>
    ${input(attribute, value, id)}
    <span class="hint" id="${id}-hint">${attribute.description}${hint(attribute)}</span>
  </div>`;
}

function input(attribute: Attribute, value: JsonValue | undefined, id: string): Markup {
  const { name, type } = attribute;
  if (type === "bool")
    return html`<select id="${id}" name="${name}" aria-describedby="${id}-hint">
      ${["true", "false"].map(
        (option) => html`<option value="${option}" ${asText(value) === option ? SELECTED : null}>${option}</option>`,
      )}
    </select>`;
  if (type === "string_map" || type === "string_list")
    return html`<textarea id="${id}" name="${name}" rows="3" aria-describedby="${id}-hint">
${fieldText(value)}</textarea>`;
  if (attribute.secret)
    return html`<input id="${id}" name="${name}" type="password" autocomplete="off" aria-describedby="${id}-hint" />`;
  const mode = type === "number" ? "numeric" : "text";
  return html`<input
    id="${id}"
    name="${name}"
    value="${fieldText(value)}"
    inputmode="${mode}"
    aria-describedby="${id}-hint"
  />`;
}

const SELECTED = html`selected`;

function hint(attribute: Attribute): string {
  if (attribute.type === "string_map") return " One key=value a line.";
  if (attribute.type === "string_list") return " One a line.";
  return attribute.secret ? " Left empty, it stays as it is." : "";
}
