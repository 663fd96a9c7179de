import { isObject, stringAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { all, equals, holds, lacks, matches, not, present } from "../../vocabulary/condition.ts";
import { exampleOf, examplesOf } from "./example.ts";

const association = (policy: string) => `cluster_name = "shop"
principal_arn = "arn:aws:iam::111122223333:role/deploy"
policy_arn = "arn:aws:eks::aws:cluster-access-policy/${policy}"
access_scope {
  type = "cluster"
}`;

const job = (settings: string) => `name = "orders"
type = "container"
container_properties = jsonencode({ image = "orders:1"${settings} })`;

/** The container of a batch job, which is JSON text of one object. */
function jobContainer(test: (container: JsonObject) => boolean) {
  return holds("container_properties", "text", (value) => {
    if (typeof value !== "string") return false;
    try {
      const read: unknown = JSON.parse(value);
      return isJson(read) && test(read);
    } catch {
      return false;
    }
  });
}

function isJson(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const awsClusterAndJobRules: Rule[] = [
  {
    id: "aws-ecr-registry-basic-scan",
    severity: "low",
    category: "maintenance",
    title: "Images are searched for faults of the operating system only",
    resourceTypes: ["aws_ecr_registry_scanning_configuration"],
    failsWhen: equals("scan_type", "BASIC"),
    why: "Faults of the libraries that the application brings are not noticed, nor those found after the push.",
    fix: 'Set scan_type = "ENHANCED" with a rule for continuous scanning.',
    controls: [],
    examples: examplesOf("aws_ecr_registry_scanning_configuration", 'scan_type = "BASIC"', 'scan_type = "ENHANCED"'),
  },
  {
    id: "aws-ecr-images-kept-forever",
    severity: "low",
    category: "maintenance",
    title: "Old images are kept for ever",
    resourceTypes: ["aws_ecr_repository"],
    failsWhen: lacks("aws_ecr_lifecycle_policy", { from: "repository", to: ["name", "id"] }),
    why: "Images with known faults stay there to be started, and cost more every month.",
    fix: "Add an aws_ecr_lifecycle_policy.",
    controls: [],
    examples: {
      bad: exampleOf("aws_ecr_repository", 'name = "orders"'),
      good: `${exampleOf("aws_ecr_repository", 'name = "orders"')}
resource "aws_ecr_lifecycle_policy" "orders" {
  repository = aws_ecr_repository.orders.name
  policy     = jsonencode({ rules = [] })
}`,
    },
  },
  {
    id: "aws-eks-administrator-access",
    severity: "low",
    category: "access",
    title: "A role administrates the whole cluster",
    resourceTypes: ["aws_eks_access_policy_association"],
    failsWhen: all(
      matches("policy_arn", /\/AmazonEKS(?:Cluster)?AdminPolicy$/),
      equals("access_scope.type", "cluster"),
    ),
    why: "Whoever can take the role reads every secret of every team in the cluster.",
    fix: "Associate AmazonEKSEditPolicy with the namespaces it works in; keep administration for a few people.",
    controls: [],
    examples: examplesOf(
      "aws_eks_access_policy_association",
      association("AmazonEKSClusterAdminPolicy"),
      association("AmazonEKSViewPolicy"),
    ),
  },
  {
    id: "aws-eks-access-by-config-map",
    severity: "low",
    category: "access",
    title: "Who may use the cluster stands in a map inside it only",
    resourceTypes: ["aws_eks_cluster"],
    failsWhen: equals("access_config.authentication_mode", "CONFIG_MAP"),
    why: "The map is not in the code, is easily broken, and whoever made the cluster is administrator without standing anywhere.",
    fix: 'Set authentication_mode = "API" and use aws_eks_access_entry.',
    controls: [],
    examples: examplesOf(
      "aws_eks_cluster",
      'name = "shop"\naccess_config {\n  authentication_mode = "CONFIG_MAP"\n}',
      'name = "shop"\naccess_config {\n  authentication_mode = "API"\n}',
    ),
  },
  {
    id: "aws-batch-privileged-job",
    severity: "high",
    category: "access",
    title: "The job's container runs privileged",
    resourceTypes: ["aws_batch_job_definition"],
    failsWhen: jobContainer(({ privileged }) => privileged === true || privileged === "true"),
    why: "Whoever breaks into the container has the machine, and with it the jobs of others.",
    fix: "Remove privileged, and add the single capabilities that are needed.",
    controls: [],
    examples: examplesOf("aws_batch_job_definition", job(", privileged = true"), job(", privileged = false")),
  },
  {
    id: "aws-batch-job-public-address",
    severity: "medium",
    category: "exposure",
    title: "The job gets an address on the internet",
    resourceTypes: ["aws_batch_job_definition"],
    failsWhen: jobContainer(({ networkConfiguration }) =>
      isObject(networkConfiguration) ? stringAt(networkConfiguration, "assignPublicIp") === "ENABLED" : false,
    ),
    why: "One wrong security group rule later anybody can attack the container.",
    fix: "Put the jobs into private subnets and remove assignPublicIp.",
    controls: [],
    examples: examplesOf(
      "aws_batch_job_definition",
      job(', networkConfiguration = { assignPublicIp = "ENABLED" }'),
      job(', networkConfiguration = { assignPublicIp = "DISABLED" }'),
    ),
  },
  {
    id: "aws-lambda-layer-public",
    severity: "medium",
    category: "exposure",
    title: "Every AWS account may use the layer",
    resourceTypes: ["aws_lambda_layer_version_permission"],
    failsWhen: all(equals("principal", "*"), not(present("organization_id"))),
    why: "Code, and what was packed with it by mistake, is published.",
    fix: "Name the account in principal, or set organization_id.",
    controls: [],
    examples: examplesOf(
      "aws_lambda_layer_version_permission",
      'layer_name = "tools"\nversion_number = 1\nstatement_id = "use"\naction = "lambda:GetLayerVersion"\nprincipal = "*"',
      'layer_name = "tools"\nversion_number = 1\nstatement_id = "use"\naction = "lambda:GetLayerVersion"\nprincipal = "111122223333"',
    ),
  },
  {
    id: "aws-lambda-unsigned-code",
    severity: "medium",
    category: "access",
    title: "Unsigned code is only warned about",
    resourceTypes: ["aws_lambda_code_signing_config"],
    failsWhen: not(equals("policies.untrusted_artifact_on_deployment", "Enforce")),
    why: "The signature is checked and the code runs all the same.",
    fix: 'Set untrusted_artifact_on_deployment = "Enforce".',
    controls: [],
    examples: examplesOf(
      "aws_lambda_code_signing_config",
      'policies {\n  untrusted_artifact_on_deployment = "Warn"\n}',
      'policies {\n  untrusted_artifact_on_deployment = "Enforce"\n}',
    ),
  },
];
