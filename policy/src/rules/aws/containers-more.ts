import { isObject, stringAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, matches, oneOf, some } from "../../vocabulary/condition.ts";
import { container, task } from "./containers.ts";
import { examplesOf } from "./example.ts";

/** Capabilities by which a container gets out of its walls. */
const strong = new Set(["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"]);

function addsStrong({ linuxParameters }: JsonObject): boolean {
  const capabilities = isObject(linuxParameters) ? linuxParameters["capabilities"] : undefined;
  const added = isObject(capabilities) ? capabilities["add"] : undefined;
  return (
    Array.isArray(added) && added.some((name) => typeof name === "string" && strong.has(name.replace(/^CAP_/, "")))
  );
}

const volume = (path: string) => `  volume {
    name      = "files"
    host_path = "${path}"
  }`;

const cluster = (logging: string) => `name = "shop"
configuration {
  execute_command_configuration {
    logging = "${logging}"
  }
}`;

export const awsContainerMoreRules: Rule[] = [
  {
    id: "aws-ecs-strong-capability",
    severity: "high",
    category: "access",
    title: "A container gets a capability by which it can leave its walls",
    resourceTypes: ["aws_ecs_task_definition"],
    // Privileged containers have them all, and a rule of their own.
    failsWhen: container((one) => addsStrong(one) && one["privileged"] !== true),
    why: "Whoever breaks into the container can take over the machine, and with it all other containers.",
    fix: "Remove it from linuxParameters.capabilities.add; find out which single call needs it.",
    controls: [],
    examples: {
      bad: task(', linuxParameters = { capabilities = { add = ["SYS_ADMIN"] } }'),
      good: task(', linuxParameters = { capabilities = { drop = ["ALL"] } }'),
    },
  },
  {
    id: "aws-ecs-runs-as-root",
    severity: "low",
    category: "access",
    title: "A container is told to run as root",
    resourceTypes: ["aws_ecs_task_definition"],
    failsWhen: container((one) => /^(?:root|0)(?::|$)/.test(stringAt(one, "user") ?? "")),
    why: "A fault in the application or the runtime gives more away than it must.",
    fix: "Name another user, which the image has.",
    controls: [],
    examples: { bad: task(', user = "root"'), good: task(', user = "1000:1000"') },
  },
  {
    id: "aws-ecs-writable-root",
    severity: "low",
    category: "access",
    title: "A container may write to its own image's files",
    resourceTypes: ["aws_ecs_task_definition"],
    failsWhen: container(({ readonlyRootFilesystem }) => readonlyRootFilesystem !== true),
    why: "Whoever breaks in can leave programs behind and change the application's.",
    fix: "Set readonlyRootFilesystem = true and mount a volume where files have to be written.",
    controls: [],
    examples: { bad: task(""), good: task(", readonlyRootFilesystem = true") },
  },
  {
    id: "aws-ecs-host-network",
    severity: "medium",
    category: "access",
    title: "The task stands in the network of its machine",
    resourceTypes: ["aws_ecs_task_definition"],
    failsWhen: equals("network_mode", "host"),
    why: "Its containers reach what listens on the machine only, and security groups cannot tell tasks apart.",
    fix: 'Set network_mode = "awsvpc".',
    controls: [],
    examples: { bad: task("", '  network_mode = "host"'), good: task("") },
  },
  {
    id: "aws-ecs-mounts-the-machine",
    severity: "high",
    category: "access",
    title: "The task mounts the container runtime or the system's files of its machine",
    resourceTypes: ["aws_ecs_task_definition"],
    failsWhen: some(
      "volume",
      matches(
        "host_path",
        /^\/(?:$|(?:etc|root|boot)(?:\/|$)|(?:var\/)?run(?:\/(?:docker|containerd|crio).*)?\/?$|var\/lib\/(?:docker|ecs)(?:\/|$))/,
      ),
      ["name"],
    ),
    why: "Whoever breaks into the container can take over the machine, and with it all other containers.",
    fix: "Remove the volume; for monitoring agents use a daemon service with a role and machines of its own.",
    controls: [],
    examples: { bad: task("", volume("/var/run/docker.sock")), good: task("", volume("/data/orders")) },
  },
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
];
