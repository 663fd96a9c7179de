import type { Rule } from "../../rule.ts";
import { namingRule } from "./naming.ts";
import { allowedNetworksRule } from "./networks.ts";
import { allowedRegionsRule } from "./regions.ts";
import { requiredTagsRule } from "./tags.ts";

/** Rules about resources of every provider; what they ask comes from the organization's parameters. */
export const commonRules: readonly Rule[] = [requiredTagsRule, namingRule, allowedRegionsRule, allowedNetworksRule];
