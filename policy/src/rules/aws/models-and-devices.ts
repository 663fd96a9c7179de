import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, not, present, some } from "../../vocabulary/condition.ts";
import { allows, isRestricted, onEverything, statement } from "../../vocabulary/policy-document.ts";
import { examplesOf } from "./example.ts";

const notebook = (version: string) => `name = "reports"
role_arn = "arn:aws:iam::111122223333:role/reports"
instance_type = "ml.t3.medium"
direct_internet_access = "Disabled"
subnet_id = "subnet-0abc"
root_access = "Disabled"
instance_metadata_service_configuration {
  minimum_instance_metadata_service_version = "${version}"
}`;

const guardrail = (strength: string) => `name = "shop"
blocked_input_messaging = "No."
blocked_outputs_messaging = "No."
content_policy_config {
  filters_config {
    type            = "PROMPT_ATTACK"
    input_strength  = "${strength}"
    output_strength = "NONE"
  }
}`;

const devices = (action: string, resource: string) => `name = "sensors"
policy = jsonencode({
  Statement = [{ Effect = "Allow", Action = "${action}", Resource = "${resource}" }]
})`;

const recordings = (more: string) => `instance_id = "0abc"
resource_type = "CALL_RECORDINGS"
storage_config {
  storage_type = "S3"
  s3_config {
    bucket_name   = "recordings"
    bucket_prefix = "calls"
${more}  }
}`;

export const awsModelAndDeviceRules: Rule[] = [
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
  {
    id: "aws-bedrock-agent-unguarded",
    severity: "low",
    category: "access",
    title: "No guardrail stands before the agent",
    resourceTypes: ["aws_bedrockagent_agent"],
    failsWhen: not(present("guardrail_configuration")),
    why: "What users write can make it give away data or act for them.",
    fix: "Add guardrail_configuration with an aws_bedrock_guardrail.",
    controls: [],
    examples: examplesOf(
      "aws_bedrockagent_agent",
      'agent_name = "shop"\nagent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"\nfoundation_model = "anthropic.claude-3-5-haiku-20241022-v1:0"',
      'agent_name = "shop"\nagent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"\nfoundation_model = "anthropic.claude-3-5-haiku-20241022-v1:0"\nguardrail_configuration = [{\n  guardrail_identifier = "abc"\n  guardrail_version    = "1"\n}]',
      "shop",
    ),
  },
  {
    id: "aws-bedrock-prompt-attacks-pass",
    severity: "medium",
    category: "access",
    title: "The guardrail lets attacks by prompts through",
    resourceTypes: ["aws_bedrock_guardrail"],
    failsWhen: not(
      some(
        "content_policy_config",
        some("filters_config", all(equals("type", "PROMPT_ATTACK"), not(equals("input_strength", "NONE")))),
      ),
    ),
    why: "What users write, or what a page that is read says, can make the model forget its orders.",
    fix: 'Add a filter of the type PROMPT_ATTACK with input_strength = "HIGH".',
    controls: [],
    examples: examplesOf("aws_bedrock_guardrail", guardrail("NONE"), guardrail("HIGH"), "shop"),
  },
  {
    id: "aws-iot-policy-everything",
    severity: "high",
    category: "access",
    title: "A device may do everything",
    resourceTypes: ["aws_iot_policy"],
    failsWhen: statement(
      "policy",
      (one) =>
        allows(one) &&
        onEverything(one) &&
        !isRestricted(one) &&
        one.actions.some((action) => /^(?:\*|iot:\*)$/.test(action)),
    ),
    why: "Whoever opens one device reads what all others send, and commands them.",
    fix: "Name the actions, and topics with ${iot:Connection.Thing.ThingName} in them.",
    controls: [],
    examples: examplesOf(
      "aws_iot_policy",
      devices("iot:*", "*"),
      devices("iot:Publish", "arn:aws:iot:eu-west-1:111122223333:topic/sensors/one"),
      "sensors",
    ),
  },
  {
    id: "aws-connect-recordings-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "What callers say is kept without a key of your own",
    resourceTypes: ["aws_connect_instance_storage_config"],
    failsWhen: all(not(present("storage_config.s3_config.encryption_config")), present("storage_config.s3_config")),
    why: "Whoever may read the bucket may listen to every call.",
    fix: "Add encryption_config with a key to s3_config.",
    controls: [],
    examples: examplesOf(
      "aws_connect_instance_storage_config",
      recordings(""),
      recordings(
        '    encryption_config {\n      encryption_type = "KMS"\n      key_id          = "arn:aws:kms:eu-west-1:111122223333:key/abc"\n    }\n',
      ),
      "calls",
    ),
  },
];
