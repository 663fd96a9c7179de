import type { Rule } from "../../../rule.ts";
import { isTrue } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const influx = (open: boolean) => `name = "metrics"
allocated_storage = 20
bucket = "metrics"
db_instance_type = "db.influx.medium"
organization = "shop"
username = "admin"
password = "from-elsewhere"
vpc_security_group_ids = ["sg-0abc"]
vpc_subnet_ids = ["subnet-0abc"]
publicly_accessible = ${open}`;

export const awsTimestreamRules: Rule[] = [
  {
    id: "aws-timestream-public",
    severity: "critical",
    category: "exposure",
    title: "The time series database can be reached from the internet",
    resourceTypes: ["aws_timestreaminfluxdb_db_instance"],
    failsWhen: isTrue("publicly_accessible"),
    why: "One wrong security group rule later anybody can attack it.",
    fix: "Set publicly_accessible = false and reach it from inside the VPC.",
    controls: [],
    examples: examplesOf("aws_timestreaminfluxdb_db_instance", influx(true), influx(false)),
  },
];
