import type { Rule } from "../rule.ts";

/** The rules about one provider, and how types of its resources begin. */
interface RulePack {
  prefixes: readonly string[];
  load: () => Promise<readonly Rule[]>;
}

/** In the order of the catalogue. Those for every resource come last. */
const packs: readonly RulePack[] = [
  { prefixes: ["lab_"], load: async () => (await import("./lab/lab-rules.ts")).labRules },
  { prefixes: ["aws_"], load: async () => (await import("./aws/aws-rules.ts")).awsRules },
  { prefixes: ["azurerm_", "azuread_"], load: async () => (await import("./azure/azure-rules.ts")).azureRules },
  { prefixes: ["google_"], load: async () => (await import("./google/google-rules.ts")).googleRules },
  {
    prefixes: ["kubernetes_", "kubectl_", "helm_"],
    load: async () => (await import("./kubernetes/kubernetes-rules.ts")).kubernetesRules,
  },
  { prefixes: [""], load: async () => (await import("./common/common-rules.ts")).commonRules },
];

/**
 * The rules that can say something about resources of these types, in the order of the catalogue. Files of providers that
 * do not occur are not loaded: a check of one workspace meets one or two of them.
 */
export async function rulesFor(types: Iterable<string>): Promise<readonly Rule[]> {
  const met = [...new Set(types)];
  const loaded = await Promise.all(
    packs
      .filter(({ prefixes }) => prefixes.some((prefix) => met.some((type) => type.startsWith(prefix))))
      .map(({ load }) => load()),
  );
  return loaded.flat();
}

/** True where there are rules about this type's provider, beside those for every resource. */
export function hasOwnRules(type: string): boolean {
  return packs.some(({ prefixes }) => prefixes.some((prefix) => prefix !== "" && type.startsWith(prefix)));
}
