import type { Rule } from "../../../rule.ts";
import { all, any, equals, lacks, not, oneOf, present, refersTo, some } from "../../../vocabulary/condition.ts";
import { exampleOf, examplesOf } from "../example.ts";

const trail = (more: string, bucket = '"trail"') =>
  exampleOf(
    "aws_cloudtrail",
    `name = "all"
s3_bucket_name = ${bucket}
is_multi_region_trail = true
enable_log_file_validation = true
kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/abc"${more}`,
    "all",
  );

const selector = (inside: string) => trail(`\nevent_selector {\n${inside}\n}`);

const trailBucket = `${exampleOf("aws_s3_bucket", 'bucket = "trail-files"', "trail")}\n${trail("", "aws_s3_bucket.trail.id")}`;

const store = (more: string) => `name = "all"\n${more}`;

export const awsCloudtrailCoverageRules: Rule[] = [
  {
    id: "aws-cloudtrail-partial",
    severity: "medium",
    category: "logging",
    title: "The trail leaves out reads, writes or management calls",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: some(
      "event_selector",
      any(oneOf("read_write_type", ["ReadOnly", "WriteOnly"]), equals("include_management_events", false)),
    ),
    why: "After an incident a part of what was done cannot be told.",
    fix: 'Set read_write_type = "All" and leave include_management_events at true.',
    controls: ["CIS AWS 5.0 3.1"],
    examples: {
      bad: selector('  read_write_type = "WriteOnly"'),
      good: selector('  read_write_type = "All"'),
    },
  },
  {
    id: "aws-cloudtrail-bucket-not-logged",
    severity: "low",
    category: "logging",
    title: "Access to the bucket with the trail's files is not logged",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: refersTo(
      "aws_s3_bucket",
      { from: "s3_bucket_name", to: ["bucket", "id"] },
      all(lacks("aws_s3_bucket_logging", { from: "bucket", to: ["bucket", "id"] }), not(present("logging"))),
    ),
    why: "Nobody can tell who read or removed the records of what was done.",
    fix: "Add an aws_s3_bucket_logging for the trail's bucket, into another bucket.",
    controls: ["CIS AWS 5.0 3.4"],
    examples: {
      bad: trailBucket,
      good: `${trailBucket}
resource "aws_s3_bucket_logging" "trail" {
  bucket        = aws_s3_bucket.trail.id
  target_bucket = "access-logs"
  target_prefix = "trail/"
}`,
    },
  },
  {
    id: "aws-cloudtrail-store-one-region",
    severity: "medium",
    category: "logging",
    title: "The event store sees one region only",
    resourceTypes: ["aws_cloudtrail_event_data_store"],
    failsWhen: equals("multi_region_enabled", false),
    why: "Attackers work in the regions that nobody looks at.",
    fix: "Remove multi_region_enabled = false.",
    controls: [],
    examples: examplesOf(
      "aws_cloudtrail_event_data_store",
      store("multi_region_enabled = false"),
      store("multi_region_enabled = true"),
      "all",
    ),
  },
  {
    id: "aws-cloudtrail-store-deletable",
    severity: "low",
    category: "recovery",
    title: "The event store can be deleted by one call",
    resourceTypes: ["aws_cloudtrail_event_data_store"],
    failsWhen: equals("termination_protection_enabled", false),
    why: "Whoever comes in removes the traces with one call.",
    fix: "Remove termination_protection_enabled = false.",
    controls: [],
    examples: examplesOf(
      "aws_cloudtrail_event_data_store",
      store("termination_protection_enabled = false"),
      store("termination_protection_enabled = true"),
      "all",
    ),
  },
];
