import type { CheckRequest } from "./check-request.ts";
import { defaultPolicyConfiguration } from "./configuration/policy-configuration.ts";

/** One type of each provider that there are rules about. */
const types = [
  "lab_bucket",
  "aws_s3_bucket",
  "azurerm_storage_account",
  "google_storage_bucket",
  "kubernetes_namespace",
];

/**
 * A check that loads everything a check may load, and finds something: what is compiled for it is kept, so that later
 * checks start from compiled code whatever provider they meet.
 */
export const warmRequest: CheckRequest = {
  planJson: {
    format_version: "1.2",
    resource_changes: types.map((type) => ({
      address: `${type}.a`,
      mode: "managed",
      type,
      name: "a",
      provider_name: "example.org/acme/any",
      change: { actions: ["create"], before: null, after: { name: "a", bucket: "a" }, after_unknown: { id: true } },
    })),
    configuration: {
      root_module: {
        resources: types.map((type) => ({
          mode: "managed",
          type,
          name: "a",
          expressions: { name: { references: ["var.name"] } },
        })),
      },
    },
  },
  files: {
    "main.tf": [
      'variable "name" {\n  type    = string\n  default = "a"\n}\n',
      ...types.map((type) => `resource "${type}" "a" {\n  name = var.name\n}\n`),
    ].join("\n"),
  },
  componentPath: ".",
  environment: "none",
  layer: "none",
  environments: [],
  policyConfiguration: defaultPolicyConfiguration,
};
