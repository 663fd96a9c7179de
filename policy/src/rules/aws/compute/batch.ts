import { isObject, type JsonObject, stringAt } from "../../../resources/json.ts";
import type { Rule } from "../../../rule.ts";
import { holds } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const job = (settings: string) => `name = "orders"
type = "container"
container_properties = jsonencode({ image = "orders:1"${settings} })`;

/** The container of a batch job, which is JSON text of one object. */
function jobContainer(test: (container: JsonObject) => boolean) {
  return holds("container_properties", "text", (value) => {
    if (typeof value !== "string") return false;
    try {
      const read: unknown = JSON.parse(value);
      return isJson(read) && test(read);
    } catch {
      return false;
    }
  });
}

function isJson(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const awsBatchRules: Rule[] = [
  {
    id: "aws-batch-privileged-job",
    severity: "high",
    category: "access",
    title: "The job's container runs privileged",
    resourceTypes: ["aws_batch_job_definition"],
    failsWhen: jobContainer(({ privileged }) => privileged === true || privileged === "true"),
    why: "Whoever breaks into the container has the machine, and with it the jobs of others.",
    fix: "Remove privileged, and add the single capabilities that are needed.",
    controls: [],
    examples: examplesOf("aws_batch_job_definition", job(", privileged = true"), job(", privileged = false")),
  },
  {
    id: "aws-batch-job-public-address",
    severity: "medium",
    category: "exposure",
    title: "The job gets an address on the internet",
    resourceTypes: ["aws_batch_job_definition"],
    failsWhen: jobContainer(({ networkConfiguration }) =>
      isObject(networkConfiguration) ? stringAt(networkConfiguration, "assignPublicIp") === "ENABLED" : false,
    ),
    why: "One wrong security group rule later anybody can attack the container.",
    fix: "Put the jobs into private subnets and remove assignPublicIp.",
    controls: [],
    examples: examplesOf(
      "aws_batch_job_definition",
      job(', networkConfiguration = { assignPublicIp = "ENABLED" }'),
      job(', networkConfiguration = { assignPublicIp = "DISABLED" }'),
    ),
  },
];
