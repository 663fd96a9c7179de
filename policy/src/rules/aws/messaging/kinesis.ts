import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsKinesisRules: Rule[] = [
  {
    id: "aws-kinesis-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The stream is not encrypted",
    resourceTypes: ["aws_kinesis_stream"],
    failsWhen: not(equals("encryption_type", "KMS")),
    why: "Records lie in clear for as long as the stream keeps them.",
    fix: 'Set encryption_type = "KMS" and kms_key_id.',
    controls: [],
    repair: "none",
    examples: {
      bad: `resource "aws_kinesis_stream" "orders" {
  name = "orders"
}`,
      good: `resource "aws_kinesis_stream" "orders" {
  name            = "orders"
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}`,
    },
  },
  {
    id: "aws-firehose-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "Records wait in the delivery stream unencrypted",
    resourceTypes: ["aws_kinesis_firehose_delivery_stream"],
    // With a stream as its source the stream is what holds the records.
    failsWhen: all(
      not(isTrue("server_side_encryption.enabled")),
      not(present("kinesis_source_configuration")),
      not(present("msk_source_configuration")),
    ),
    why: "Whoever gets at the buffer reads all that goes through.",
    fix: "Add server_side_encryption { enabled = true }.",
    controls: [],
    examples: examplesOf(
      "aws_kinesis_firehose_delivery_stream",
      'name = "orders"\ndestination = "extended_s3"',
      'name = "orders"\ndestination = "extended_s3"\nserver_side_encryption {\n  enabled = true\n}',
    ),
  },
];
