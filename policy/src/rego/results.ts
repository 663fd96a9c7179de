import type { Finding, Severity } from "@plumbline/contract/findings";
import { fingerprint } from "../judging/fingerprint.ts";
import type { ResourceFinding } from "../judging/judge-resources.ts";
import { isSeverity } from "../judging/severity.ts";
import { stringAt } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { RegoValue } from "./evaluate.ts";
import type { Policy } from "./prepare.ts";

/**
 * Findings from the values of `deny`, `violation` and `warn`: strings, objects `{ msg, severity, address, attribute }`,
 * lists or sets of them, or true. `redact` takes sensitive values out of their texts. An unknown severity counts as none was given: `high`, and `low` for `warn`.
 */
export function toFindings(
  values: readonly RegoValue[],
  policies: readonly Policy[],
  resources: readonly Resource[],
  redact: (text: string) => string,
): ResourceFinding[] {
  return values.flatMap((value) => {
    const own = policies.filter((policy) => policy.package === value.package && policy.rules.includes(value.rule));
    const judged = resources[value.resource];
    return messages(value.value).map((message) => toFinding(value, own, shownOf(message, redact), judged, resources));
  });
}

/** Every text of a message is the policy's own, so each may hold a value. */
function shownOf({ text, address, attribute, ...rest }: Message, redact: (text: string) => string): Message {
  return {
    ...rest,
    ...(text === undefined ? {} : { text: redact(text) }),
    ...(address === undefined ? {} : { address: redact(address) }),
    ...(attribute === undefined ? {} : { attribute: redact(attribute) }),
  };
}

interface Message {
  text?: string;
  severity?: Severity;
  address?: string;
  attribute?: string;
}

function messages(value: Json): Message[] {
  if (value === false || value === null) return [];
  if (value === true) return [{}];
  if (typeof value === "string" || typeof value === "number") return [{ text: String(value) }];
  if (Array.isArray(value)) return value.flatMap(messages);
  const text = stringAt(value, "msg") ?? stringAt(value, "message");
  // `deny[key] = msg` gives an object of results, `deny.topic contains msg` one of sets; an object without any of the
  // known members is one.
  if (
    text === undefined &&
    Object.keys(value).length > 0 &&
    stringAt(value, "address") === undefined &&
    stringAt(value, "severity") === undefined
  ) {
    const members = Object.values(value);
    const inside = members.flatMap((member) =>
      typeof member === "object" || typeof member === "string" ? messages(member) : [],
    );
    // An object that says nothing is said all the same.
    return inside.length === 0 && members.some((member) => member === true || typeof member === "number")
      ? [{}]
      : inside;
  }
  if (text === undefined && Object.keys(value).length === 0) return [];
  const severity = stringAt(value, "severity")?.toLowerCase();
  const address = stringAt(value, "address");
  const attribute = stringAt(value, "attribute");
  return [
    {
      ...(text === undefined ? {} : { text }),
      ...(isSeverity(severity) ? { severity } : {}),
      ...(address === undefined ? {} : { address }),
      ...(attribute === undefined ? {} : { attribute }),
    },
  ];
}

function toFinding(
  value: RegoValue,
  own: readonly Policy[],
  message: Message,
  judged: Resource | undefined,
  resources: readonly Resource[],
): ResourceFinding {
  const rule = `rego:${own[0]?.label ?? value.package}.${value.rule}`;
  const files = own.map((policy) => policy.path).join(", ");
  const text = message.text ?? `${rule} is true`;
  const about =
    judged ?? resources.find((resource) => resource.address === message.address) ?? namedIn(text, resources);
  const address = message.address ?? about?.address;
  const { attribute } = message;
  const finding: Finding = {
    fingerprint: fingerprint({
      rule,
      subject: address ?? "plan",
      ...(attribute === undefined ? {} : { attribute }),
      detail: text,
    }),
    rule,
    severity: message.severity ?? (value.rule.startsWith("warn") ? "low" : "high"),
    category: "rego",
    title: text,
    why: `A policy says so: ${files}.`,
    fix: "Change the code so that the policy holds; its owners can explain it.",
    outcome: "fail",
    ...(address === undefined ? {} : { address }),
    ...(attribute === undefined ? {} : { attribute }),
    chain: [],
    source: "rego",
    controls: [],
  };
  return { finding, ...(about ? { resource: about } : {}) };
}

/** The resource whose address stands in the message as a word of its own; the longest where several do. */
function namedIn(text: string, resources: readonly Resource[]): Resource | undefined {
  let best: Resource | undefined;
  for (const resource of resources) {
    if (resource.address.length <= (best?.address.length ?? 0) || !text.includes(resource.address)) continue;
    const [before = "", after = ""] = text
      .split(resource.address, 2)
      .map((part, position) => (position === 0 ? part.slice(-1) : part.slice(0, 1)));
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) best = resource;
  }
  return best;
}
