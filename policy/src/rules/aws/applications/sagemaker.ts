import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const notebookReach = (internet: string, root: string) => `resource "aws_sagemaker_notebook_instance" "lab" {
  name                   = "lab"
  instance_type          = "ml.t3.medium"
  direct_internet_access = "${internet}"
  root_access            = "${root}"
}`;

const notebook = (version: string) => `name = "reports"
role_arn = "arn:aws:iam::111122223333:role/reports"
instance_type = "ml.t3.medium"
direct_internet_access = "Disabled"
subnet_id = "subnet-0abc"
root_access = "Disabled"
instance_metadata_service_configuration {
  minimum_instance_metadata_service_version = "${version}"
}`;

export const awsSagemakerRules: Rule[] = [
  {
    id: "aws-sagemaker-notebook-internet",
    severity: "medium",
    category: "exposure",
    title: "The notebook reaches the internet past the network",
    resourceTypes: ["aws_sagemaker_notebook_instance"],
    failsWhen: not(equals("direct_internet_access", "Disabled")),
    why: "Data can leave by a way that no rule of your network sees.",
    fix: 'Set direct_internet_access = "Disabled" and put it into a subnet.',
    controls: [],
    repair: "none",
    examples: { bad: notebookReach("Enabled", "Disabled"), good: notebookReach("Disabled", "Disabled") },
  },
  {
    id: "aws-sagemaker-notebook-root",
    severity: "low",
    category: "access",
    title: "Users of the notebook are root on its machine",
    resourceTypes: ["aws_sagemaker_notebook_instance"],
    failsWhen: not(equals("root_access", "Disabled")),
    why: "A malicious package gets the whole machine and switches off what watches it.",
    fix: 'Set root_access = "Disabled".',
    controls: [],
    examples: { bad: notebookReach("Disabled", "Enabled"), good: notebookReach("Disabled", "Disabled") },
  },
  {
    id: "aws-sagemaker-notebook-metadata-tokens",
    severity: "medium",
    category: "access",
    title: "The notebook's metadata can be read without a token",
    resourceTypes: ["aws_sagemaker_notebook_instance"],
    // Where nothing is set the service takes version 1 as well.
    failsWhen: not(equals("instance_metadata_service_configuration.minimum_instance_metadata_service_version", "2")),
    why: "What is run in a notebook can be made to give away the credentials of its role.",
    fix: 'Set minimum_instance_metadata_service_version = "2".',
    controls: [],
    examples: examplesOf("aws_sagemaker_notebook_instance", notebook("1"), notebook("2"), "reports"),
  },
  {
    id: "aws-sagemaker-domain-internet",
    severity: "medium",
    category: "exposure",
    title: "Studios reach the internet past the network",
    resourceTypes: ["aws_sagemaker_domain"],
    failsWhen: not(equals("app_network_access_type", "VpcOnly")),
    why: "Data can be carried out without any firewall seeing it.",
    fix: 'Set app_network_access_type = "VpcOnly".',
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_sagemaker_domain",
      'domain_name = "models"\nauth_mode = "IAM"\nvpc_id = "vpc-0abc"\nsubnet_ids = ["subnet-0abc"]',
      'domain_name = "models"\nauth_mode = "IAM"\nvpc_id = "vpc-0abc"\nsubnet_ids = ["subnet-0abc"]\napp_network_access_type = "VpcOnly"',
      "models",
    ),
  },
  {
    id: "aws-sagemaker-model-not-isolated",
    severity: "low",
    category: "exposure",
    title: "The model's container may call out",
    resourceTypes: ["aws_sagemaker_model"],
    failsWhen: all(not(isTrue("enable_network_isolation")), not(present("vpc_config"))),
    why: "A model or library from elsewhere can send off what it is asked.",
    fix: "Set enable_network_isolation = true, or put it into a VPC by vpc_config.",
    controls: [],
    examples: examplesOf(
      "aws_sagemaker_model",
      'name = "prices"\nexecution_role_arn = "arn:aws:iam::111122223333:role/models"',
      'name = "prices"\nexecution_role_arn = "arn:aws:iam::111122223333:role/models"\nvpc_config {\n  subnets            = ["subnet-0abc"]\n  security_group_ids = ["sg-0abc"]\n}',
      "prices",
    ),
  },
];
