import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";

/** Clouds whose accounts can be told from what is in them; the name is the beginning of their resource types. */
export type Cloud = "aws" | "azurerm" | "google";

export const clouds = ["aws", "azurerm", "google"] as const satisfies readonly Cloud[];

/**
 * The account, subscription or project that the resources of one workspace stand in, as their ids say it. Undefined where
 * none of them does: nothing is applied yet, or it is of another cloud. Where several are named the most frequent counts.
 */
export function accountOf(resources: readonly Resource[], cloud: Cloud): string | undefined {
  const counts = new Map<string, number>();
  for (const { type, values } of resources) {
    if (!type.startsWith(`${cloud}_`)) continue;
    const account = readers[cloud](values);
    if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0];
}

type Values = Readonly<Record<string, Json>>;

const readers: Readonly<Record<Cloud, (values: Values) => string | undefined>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: the fifth part; buckets have none.
  aws: (values) =>
    matched(values["arn"], /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/) ?? matched(values["owner_id"], /^(\d{12})$/),
  azurerm: (values) => matched(values["id"], /^\/subscriptions\/([0-9a-f-]{36})(?:\/|$)/i)?.toLowerCase(),
  google: (values) =>
    matched(values["project"], /^([a-z][a-z0-9.:-]{4,})$/) ?? matched(values["id"], /^projects\/([^/]+)\//),
};

function matched(value: Json | undefined, pattern: RegExp): string | undefined {
  return typeof value === "string" ? pattern.exec(value)?.[1] : undefined;
}
