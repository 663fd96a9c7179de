import { isObject } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { all, equals, holds, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";

/** One of the containers, which the task lists as JSON text. */
export function container(test: (container: JsonObject) => boolean): Condition {
  return holds("container_definitions", "text", (value) => containersOf(value).some(test));
}

function containersOf(value: Json): JsonObject[] {
  if (typeof value !== "string") return [];
  try {
    const list: Json = JSON.parse(value);
    return Array.isArray(list) ? list.filter(isObject) : [];
  } catch {
    return [];
  }
}

export const task = (settings: string, more = "") => `resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = jsonencode([{ name = "orders", image = "orders:1"${settings} }])
${more}
}`;

const repository = (tags: string, scan: boolean) => `resource "aws_ecr_repository" "orders" {
  name                 = "orders"
  image_tag_mutability = "${tags}"
  image_scanning_configuration {
    scan_on_push = ${scan}
  }
}`;

export const awsContainerRules: Rule[] = [
  {
    id: "aws-ecs-privileged-container",
    severity: "high",
    category: "access",
    title: "A container runs privileged",
    resourceTypes: ["aws_ecs_task_definition"],
    failsWhen: container(({ privileged }) => privileged === true || privileged === "true"),
    why: "Whoever breaks into the container has the machine, and with it all other containers.",
    fix: "Remove privileged, and add the single capabilities that are needed.",
    controls: [],
    examples: { bad: task(", privileged = true"), good: task(", privileged = false") },
  },
  {
    id: "aws-ecs-host-namespace",
    severity: "medium",
    category: "access",
    title: "The task shares processes or memory with its machine",
    resourceTypes: ["aws_ecs_task_definition"],
    failsWhen: oneOf("pid_mode", ["host"]),
    why: "Its containers see and can stop the processes of the machine and of other tasks.",
    fix: 'Remove pid_mode = "host".',
    controls: [],
    examples: { bad: task("", '  pid_mode = "host"'), good: task("", '  pid_mode = "task"') },
  },
  {
    id: "aws-ecs-volume-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The task mounts a file system without TLS",
    resourceTypes: ["aws_ecs_task_definition"],
    failsWhen: some(
      "volume",
      all(not(equals("efs_volume_configuration.transit_encryption", "ENABLED")), present("efs_volume_configuration")),
      ["name"],
    ),
    why: "Whoever can listen on the network reads and changes the files on their way.",
    fix: 'Set transit_encryption = "ENABLED".',
    controls: [],
    examples: {
      bad: task(
        "",
        `  volume {
    name = "files"
    efs_volume_configuration {
      file_system_id = "fs-0abc"
    }
  }`,
      ),
      good: task(
        "",
        `  volume {
    name = "files"
    efs_volume_configuration {
      file_system_id     = "fs-0abc"
      transit_encryption = "ENABLED"
    }
  }`,
      ),
    },
  },
  {
    id: "aws-ecs-service-public-address",
    severity: "medium",
    category: "exposure",
    title: "The service's tasks get addresses on the internet",
    resourceTypes: ["aws_ecs_task_set", "aws_ecs_service"],
    failsWhen: isTrue("network_configuration.assign_public_ip"),
    why: "One wrong security group rule later anybody can attack the containers.",
    fix: "Put the tasks into private subnets, behind a load balancer.",
    controls: [],
    examples: {
      bad: `resource "aws_ecs_service" "orders" {
  name = "orders"
  network_configuration {
    subnets          = ["subnet-0abc"]
    assign_public_ip = true
  }
}`,
      good: `resource "aws_ecs_service" "orders" {
  name = "orders"
  network_configuration {
    subnets = ["subnet-0abc"]
  }
}`,
    },
  },
  {
    id: "aws-ecr-scan-off",
    severity: "low",
    category: "maintenance",
    title: "Images are not searched for known faults",
    resourceTypes: ["aws_ecr_repository"],
    failsWhen: not(isTrue("image_scanning_configuration.scan_on_push")),
    why: "Images with known faults run for months without anybody knowing.",
    fix: "Set scan_on_push = true, or scan the whole registry.",
    controls: [],
    examples: { bad: repository("IMMUTABLE", false), good: repository("IMMUTABLE", true) },
  },
  {
    id: "aws-ecr-mutable-tags",
    severity: "low",
    category: "maintenance",
    title: "An image's tag may later name another image",
    resourceTypes: ["aws_ecr_repository"],
    failsWhen: not(oneOf("image_tag_mutability", ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"])),
    why: "What was tested is not what runs, and whoever can push replaces a released image.",
    fix: 'Set image_tag_mutability = "IMMUTABLE".',
    controls: [],
    examples: { bad: repository("MUTABLE", true), good: repository("IMMUTABLE", true) },
  },
];
