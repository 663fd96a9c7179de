import type { Rule } from "../../../rule.ts";
import { all, equals, not, present, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

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

export const awsBedrockRules: Rule[] = [
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
];
