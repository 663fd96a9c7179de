import type { Rule } from "../../../rule.ts";
import { all, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const recordings = (more: string) => `instance_id = "0abc"
resource_type = "CALL_RECORDINGS"
storage_config {
  storage_type = "S3"
  s3_config {
    bucket_name   = "recordings"
    bucket_prefix = "calls"
${more}  }
}`;

export const awsConnectRules: Rule[] = [
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
