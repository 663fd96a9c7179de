import type { ScopeCategory } from "@plumbline/contract";
import { awsPrefixes } from "./aws.ts";
import { azureadPrefixes, azurermPrefixes } from "./azure.ts";
import { googlePrefixes } from "./google.ts";
import { helmPrefixes, kubernetesPrefixes } from "./kubernetes.ts";
import { labPrefixes } from "./lab.ts";
import { indexPrefixes } from "./prefixes.ts";

/** By the first word of a resource type. */
const providers = new Map(
  Object.entries({
    aws: awsPrefixes,
    azurerm: azurermPrefixes,
    azuread: azureadPrefixes,
    google: googlePrefixes,
    kubernetes: kubernetesPrefixes,
    helm: helmPrefixes,
    lab: labPrefixes,
  }).map(([name, prefixes]) => [name, indexPrefixes(prefixes)]),
);

/** `google_storage_bucket_iam_member` says who may do what with a bucket. */
const googleRight = /_iam_(?:member|binding|policy)$/;

/**
 * The part of an environment that a resource type belongs to: by the longest beginning that a table has for its
 * provider. Undefined for helpers (`random_id`), for providers without a table, and for types that none of it fits.
 */
export function categoryOf(type: string): ScopeCategory | undefined {
  const [provider = "", ...words] = type.split("_");
  const table = providers.get(provider);
  if (table === undefined) return undefined;
  if (provider === "google" && googleRight.test(type)) return "identity";
  for (let length = words.length; length > 0; length--) {
    const category = table.get(words.slice(0, length).join("_"));
    if (category !== undefined) return category;
  }
  return table.get("");
}
