import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, matches, not, oneOf, present, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";
import { task } from "./ecs-tasks.ts";

const cluster = (logging: string) => `name = "shop"
configuration {
  execute_command_configuration {
    logging = "${logging}"
  }
}`;

export const awsEcsRules: Rule[] = [
  {
    id: "aws-ecs-commands-not-logged",
    severity: "medium",
    category: "logging",
    title: "Commands that people run in containers are not logged",
    resourceTypes: ["aws_ecs_cluster"],
    failsWhen: equals("configuration.execute_command_configuration.logging", "NONE"),
    why: "Nobody can tell who did what inside a running service.",
    fix: 'Set logging = "OVERRIDE" with a log group or bucket, or leave it at "DEFAULT".',
    controls: [],
    examples: examplesOf("aws_ecs_cluster", cluster("NONE"), cluster("DEFAULT"), "shop"),
  },
  {
    id: "aws-ecs-commands-allowed",
    severity: "low",
    category: "access",
    title: "People may run commands in the service's containers",
    resourceTypes: ["aws_ecs_service"],
    failsWhen: isTrue("enable_execute_command"),
    why: "Whoever may do so has the rights of the task's role and sees its secrets.",
    fix: "Remove enable_execute_command = true where it is not needed any more.",
    controls: [],
    examples: examplesOf("aws_ecs_service", 'name = "orders"\nenable_execute_command = true', 'name = "orders"'),
  },
  {
    id: "aws-ecs-platform-pinned",
    severity: "low",
    category: "maintenance",
    title: "The service stays on an old platform version",
    resourceTypes: ["aws_ecs_service", "aws_ecs_task_set"],
    failsWhen: all(matches("platform_version", /^1\.[0-3]\.\d+$/), oneOf("launch_type", ["FARGATE"])),
    why: "Known faults of the kernel and runtime below the containers stay open.",
    fix: 'Leave platform_version out, which means "LATEST".',
    controls: [],
    examples: examplesOf(
      "aws_ecs_service",
      'name = "orders"\nlaunch_type = "FARGATE"\nplatform_version = "1.3.0"',
      'name = "orders"\nlaunch_type = "FARGATE"\nplatform_version = "LATEST"',
    ),
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
    repair: "none",
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
];
