import type { Rule } from "../../rule.ts";
import { labBucketRules } from "./bucket.ts";
import { labDatabaseRules } from "./database.ts";
import { labFirewallRules } from "./firewall.ts";

/** Every rule about the lab's cloud. */
export const labRules: readonly Rule[] = [...labDatabaseRules, ...labFirewallRules, ...labBucketRules];
