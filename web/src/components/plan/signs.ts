import type { AttributeView, ResourceAction, ResourceView } from "@plumbline/contract/plan-view";
import type { Tone } from "../../ui/marks/tone.ts";

/** How a change is drawn: its sign and its colour. */
export interface Sign {
  sign: string;
  tone: Tone;
}

const actions: Record<ResourceAction, Sign & { words: string }> = {
  create: { sign: "+", tone: "ok", words: "create" },
  update: { sign: "~", tone: "medium", words: "update in place" },
  replace: { sign: "±", tone: "high", words: "replace" },
  delete: { sign: "−", tone: "critical", words: "destroy" },
  read: { sign: "?", tone: "ink", words: "read during apply" },
  forget: { sign: "−", tone: "ink", words: "forget, it stays in the cloud" },
  import: { sign: "+", tone: "chalk", words: "import" },
  move: { sign: "→", tone: "ink", words: "move" },
  none: { sign: "·", tone: "ink", words: "no change" },
};

/** Sign, colour and words of what happens to a resource. */
export function actionSign(action: ResourceAction): Sign & { words: string } {
  return actions[action];
}

const changes: Record<AttributeView["change"], Sign> = {
  add: { sign: "+", tone: "ok" },
  change: { sign: "~", tone: "medium" },
  remove: { sign: "−", tone: "critical" },
};

/** Sign and colour of an attribute; one that forces the replacement is drawn as the replacement. */
export function attributeSign(resource: Pick<ResourceView, "action">, attribute: AttributeView): Sign {
  if (attribute.replaces) return actions.replace;
  if (resource.action === "delete") return actions.delete;
  return changes[attribute.change];
}
