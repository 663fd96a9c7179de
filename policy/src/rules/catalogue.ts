import type { Rule } from "../rule.ts";
import { awsRules } from "./aws/aws-rules.ts";
import { azureRules } from "./azure/azure-rules.ts";
import { commonRules } from "./common/common-rules.ts";
import { googleRules } from "./google/google-rules.ts";
import { kubernetesRules } from "./kubernetes/kubernetes-rules.ts";
import { labRules } from "./lab/lab-rules.ts";

/** Every rule over resources: for lists, documentation and tests. What judges loads those it needs, with `rulesFor`. */
export const catalogue: readonly Rule[] = [
  ...labRules,
  ...awsRules,
  ...azureRules,
  ...googleRules,
  ...kubernetesRules,
  ...commonRules,
];
