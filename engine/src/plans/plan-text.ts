import type { AttributeView, DisplayValue, PlanView, ResourceView } from "@plumbline/contract";

/** How a plan is written as text. */
export interface PlanTextOptions {
  /** `diff`: a changed line begins with `!`, which diff colouring knows; otherwise with `~`, as the engines write it. */
  markers?: "engine" | "diff";
  /** Characters after which the text ends with a note of what is left out. */
  limit?: number;
  /** With the file and line of each block, and the line of each attribute that is set in it. */
  places?: boolean;
}

const signs = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "-",
  read: "<",
  forget: ".",
  import: "=",
  move: ">",
  none: " ",
} as const;

const words = {
  create: "will be created",
  update: "will be updated in place",
  replace: "must be replaced",
  delete: "will be destroyed",
  read: "will be read during apply",
  forget: "will be forgotten, not destroyed",
  import: "will be imported",
  move: "has moved",
  none: "stays",
} as const;

/** The plan as text for comments and terminals; each line's first character says what happens, as in a diff. */
export function planText(view: PlanView, options: PlanTextOptions = {}): string {
  const limit = options.limit ?? 60_000;
  const blocks: string[] = [];
  if (view.outside.length > 0) {
    blocks.push("  Changed outside since the last run:");
    blocks.push(...view.outside.map((resource) => resourceText(resource, true, options)));
  }
  blocks.push(...view.resources.map((resource) => resourceText(resource, false, options)));
  if (view.outputs.length > 0) {
    const lines = view.outputs.map((output) => `${sign(output.change)}   ${output.name} = ${transition(output)}`);
    blocks.push(["  Outputs:", ...lines].join("\n"));
  }
  const summary = planSummary(view);
  let text = "";
  let left = blocks.length;
  for (const block of blocks) {
    if (text.length + block.length > limit) break;
    text += `${block}\n\n`;
    left--;
  }
  const hidden = left + view.hidden.resources + view.hidden.outputs + view.hidden.outside;
  if (hidden > 0) text += `  … ${hidden} more, too long for here\n\n`;
  text += `  ${summary}\n`;
  return options.markers === "diff" ? text.replaceAll(/^[~±]/gm, "!") : text;
}

/** One sentence: `Plan: 1 to add, 2 to change, 0 to destroy.` Kinds that are rare stand in it only where there are any. */
function planSummary(view: Pick<PlanView, "counts" | "changes">): string {
  const { counts } = view;
  if (!view.changes) return "No changes.";
  const parts = [
    counts.import > 0 ? `${counts.import} to import` : "",
    `${counts.add} to add`,
    `${counts.change} to change`,
    counts.replace > 0 ? `${counts.replace} to replace` : "",
    `${counts.destroy} to destroy`,
    counts.move > 0 ? `${counts.move} to move` : "",
    counts.forget > 0 ? `${counts.forget} to forget` : "",
  ];
  return `Plan: ${parts.filter((part) => part !== "").join(", ")}.`;
}

function resourceText(resource: ResourceView, isOutside: boolean, { places = false }: PlanTextOptions): string {
  const what = isOutside ? (resource.action === "delete" ? "was deleted" : "was changed") : words[resource.action];
  const lines = [
    `  # ${resource.address} ${what}${resource.reason === undefined ? "" : ` (${resource.reason.replaceAll("_", " ")})`}`,
  ];
  if (resource.previousAddress !== undefined) lines.push(`  # moved from ${resource.previousAddress}`);
  if (resource.importing && resource.action !== "import") lines.push("  # imported");
  if (places && resource.place !== undefined) lines.push(`  # ${resource.place.file}:${resource.place.line}`);
  if (resource.deposed !== undefined) lines.push(`  # deposed object ${resource.deposed}`);
  const kind = resource.mode === "data" ? "data" : "resource";
  lines.push(`${signs[resource.action]} ${kind} ${JSON.stringify(resource.type)} ${JSON.stringify(resource.name)} {`);
  for (const attribute of resource.attributes) lines.push(attributeText(attribute, places));
  if (resource.hidden > 0) lines.push(`      # ${resource.hidden} more changed`);
  if (resource.unchanged > 0) lines.push(`      # ${resource.unchanged} unchanged`);
  lines.push("  }");
  return lines.map(oneLine).join("\n");
}

function attributeText(attribute: AttributeView, places: boolean): string {
  const remarks = [
    ...(attribute.replaces ? ["forces replacement"] : []),
    ...(places && attribute.line !== undefined ? [`line ${attribute.line}`] : []),
  ];
  const remark = remarks.length === 0 ? "" : ` # ${remarks.join(", ")}`;
  return `${sign(attribute.change)}     ${attribute.path} = ${transition(attribute)}${remark}`;
}

function transition({ change, before, after }: Pick<AttributeView, "change" | "before" | "after">): string {
  if (change === "add") return valueText(after);
  if (change === "remove") return `${valueText(before)} -> null`;
  return `${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: DisplayValue): string {
  if (value.kind === "value") return value.text;
  if (value.kind === "unknown") return "(known after apply)";
  return value.kind === "sensitive" ? "(sensitive value)" : "null";
}

function sign(change: AttributeView["change"]): string {
  return change === "add" ? "+" : change === "remove" ? "-" : "~";
}

/** Names come from other people's code: nothing in them may begin a line or steer a terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}
