import type { AttributeView, ResourceAction, ResourceView } from "@plumbline/contract";
import type { Difference } from "./difference.ts";
import { differences } from "./difference.ts";
import type { Masked } from "./display.ts";
import { childOf, display, displayPath } from "./display.ts";
import { isObject } from "./json.ts";
import type { Change, ResourceChange } from "./plan.ts";

const mostAttributes = 200;

/** What happens to a resource, in one word. */
export function actionOf(resource: ResourceChange): ResourceAction {
  const { actions, importing } = resource.change;
  const has = (action: string) => actions.includes(action);
  if (has("create") && (has("delete") || has("forget"))) return "replace";
  if (has("create")) return "create";
  if (has("delete")) return "delete";
  if (has("forget")) return "forget";
  if (has("update")) return "update";
  if (has("read")) return "read";
  if (importing !== undefined) return "import";
  return isMoved(resource) ? "move" : "none";
}

/** Whether the resource had another address before. */
export function isMoved(resource: ResourceChange): boolean {
  return resource.previousAddress !== undefined && resource.previousAddress !== resource.address;
}

/** The two sides of a change with their masks. */
export function sides(change: Change): { before: Masked; after: Masked } {
  return {
    before: { value: change.before, sensitive: change.beforeSensitive, unknown: false },
    after: { value: change.after, sensitive: change.afterSensitive, unknown: change.afterUnknown },
  };
}

/** One resource for pages: changed attributes only, sensitive values taken out. */
export function resourceView(resource: ResourceChange, isSecret: (text: string) => boolean): ResourceView {
  const { before, after } = sides(resource.change);
  const replacePaths = resource.change.replacePaths.map(pathOf);
  const { changed, unchanged } = attributeDifferences(before, after);
  const attributes = changed.slice(0, mostAttributes).map((difference): AttributeView => {
    return {
      path: displayPath(difference.path, isSecret),
      ...sidesView(difference.before, difference.after, isSecret),
      replaces: replacePaths.some((replaced) => isWithin(replaced, difference.path)),
    };
  });
  return {
    address: resource.address,
    ...(resource.module === undefined ? {} : { module: resource.module }),
    mode: resource.mode,
    type: resource.type,
    name: resource.name,
    action: actionOf(resource),
    actions: resource.change.actions,
    replacePaths: replacePaths.map((path) => displayPath(path, isSecret)),
    ...(resource.reason === undefined ? {} : { reason: resource.reason }),
    importing: resource.change.importing !== undefined,
    ...(isMoved(resource) && resource.previousAddress !== undefined
      ? { previousAddress: resource.previousAddress }
      : {}),
    ...(resource.deposed === undefined ? {} : { deposed: resource.deposed }),
    attributes,
    unchanged,
    hidden: changed.length - attributes.length,
  };
}

/** Both sides as people see them, and what kind of change it is. */
export function sidesView(beforeSide: Masked, afterSide: Masked, isSecret: (text: string) => boolean) {
  const before = display(beforeSide, isSecret);
  const after = display(afterSide, isSecret);
  const change: AttributeView["change"] =
    before.kind === "absent" ? "add" : after.kind === "absent" ? "remove" : "change";
  return { change, before, after };
}

function attributeDifferences(before: Masked, after: Masked): { changed: Difference[]; unchanged: number } {
  const isWhole = before.sensitive === true || after.sensitive === true || after.unknown === true;
  const keys = new Set(
    [before.value, after.value, after.unknown].flatMap((value) => (isObject(value) ? Object.keys(value) : [])),
  );
  if (isWhole || keys.size === 0) return { changed: differences(before, after, ["(all)"]), unchanged: 0 };
  const changed: Difference[] = [];
  let unchanged = 0;
  for (const key of [...keys].toSorted()) {
    const found = differences(childOf(before, key), childOf(after, key), [key]);
    const { value } = childOf(after, key);
    if (found.length > 0) changed.push(...found);
    else if (value !== undefined && value !== null) unchanged++;
  }
  return { changed, unchanged };
}

function pathOf(path: unknown): (string | number)[] {
  if (!Array.isArray(path)) return [];
  return path.map((part: unknown) =>
    typeof part === "number" || typeof part === "string" ? part : JSON.stringify(part),
  );
}

/** Whether one path is the other or lies inside it. */
function isWithin(left: readonly (string | number)[], right: readonly (string | number)[]): boolean {
  return left.length > 0 && left.slice(0, right.length).every((part, index) => part === right[index]);
}
