import { isObject, type JsonObject, stringAt } from "../../../resources/json.ts";
import type { Rule } from "../../../rule.ts";
import { equals, matches, oneOf, some } from "../../../vocabulary/condition.ts";
import { container, task } from "./ecs-tasks.ts";

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

export const awsEcsIsolationRules: Rule[] = [
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
];
