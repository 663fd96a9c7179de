import type { Rule } from "../../../rule.ts";
import { equals, isTrue, lacks, not, oneOf } from "../../../vocabulary/condition.ts";
import { exampleOf, examplesOf } from "../example.ts";

const repository = (tags: string, scan: boolean) => `resource "aws_ecr_repository" "orders" {
  name                 = "orders"
  image_tag_mutability = "${tags}"
  image_scanning_configuration {
    scan_on_push = ${scan}
  }
}`;

export const awsEcrRules: Rule[] = [
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
    id: "aws-ecr-scan-off",
    severity: "low",
    category: "maintenance",
    title: "Images are not searched for known faults",
    resourceTypes: ["aws_ecr_repository"],
    failsWhen: not(isTrue("image_scanning_configuration.scan_on_push")),
    why: "Images with known faults run for months without anybody knowing.",
    fix: "Set scan_on_push = true, or scan the whole registry.",
    controls: [],
    examples: { bad: repository("IMMUTABLE", false), good: repository("IMMUTABLE", true) },
  },
  {
    id: "aws-ecr-mutable-tags",
    severity: "low",
    category: "maintenance",
    title: "An image's tag may later name another image",
    resourceTypes: ["aws_ecr_repository"],
    failsWhen: not(oneOf("image_tag_mutability", ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"])),
    why: "What was tested is not what runs, and whoever can push replaces a released image.",
    fix: 'Set image_tag_mutability = "IMMUTABLE".',
    controls: [],
    examples: { bad: repository("MUTABLE", true), good: repository("IMMUTABLE", true) },
  },
];
