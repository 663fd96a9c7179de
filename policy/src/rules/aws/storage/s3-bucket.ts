import type { Connection } from "../../../vocabulary/condition.ts";

/** How what belongs to a bucket names it. */
export const ofBucket: Connection = { from: "bucket", to: ["bucket", "id"] };

/** HCL of a bucket with nothing beside it. */
export const bucketOnly = `resource "aws_s3_bucket" "invoices" {
  bucket = "invoices"
}`;
