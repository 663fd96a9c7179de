import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a directory with 64 resources in eight files, as a team has it: good and bad ones of the usual kinds. */
export function writeSmallDirectory(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const files = Array.from({ length: 8 }, (_, index) => area(index));
  for (const [index, text] of files.entries()) writeFileSync(join(folder, `area${index}.tf`), text);
  writeFileSync(join(folder, "providers.tf"), 'provider "aws" {\n  region = "eu-central-1"\n}\n');
  return files.join("").match(/^resource /gm)?.length ?? 0;
}

function area(index: number): string {
  const isGood = index % 3 > 0;
  return `resource "aws_s3_bucket" "data${index}" {
  bucket = "acme-data-${index}"
}

resource "aws_s3_bucket_public_access_block" "data${index}" {
  bucket                  = aws_s3_bucket.data${index}.id
  block_public_acls       = ${isGood}
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_security_group" "web${index}" {
  name = "web-${index}"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["${isGood ? "10.0.0.0/8" : "0.0.0.0/0"}"]
  }
}

resource "aws_db_instance" "orders${index}" {
  identifier          = "orders-${index}"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  storage_encrypted   = ${isGood}
  publicly_accessible = ${!isGood}
}

resource "aws_iam_role" "app${index}" {
  name = "app-${index}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "app${index}" {
  role   = aws_iam_role.app${index}.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

resource "aws_ebs_volume" "data${index}" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = ${isGood}
}

resource "aws_sqs_queue" "work${index}" {
  name                    = "work-${index}"
  sqs_managed_sse_enabled = ${isGood}
}
`;
}
