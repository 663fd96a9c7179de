import type { Json } from "../../resources/json.ts";
import type { Condition, Match, Value } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objects, typesOf } from "./kinds.ts";
import type { Kind } from "./kinds.ts";
import { where } from "./part.ts";
import type { Part } from "./part.ts";

const running: readonly Kind[] = [
  "Pod",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
];

/** Everything that makes pods. */
export const workloads: readonly Kind[] = [...running, "Job", "CronJob"];

/** Every resource type that makes pods. */
export const workloadTypes: readonly string[] = typesOf(workloads);

/** Resource types whose pods are meant to run on. */
export const runningTypes: readonly string[] = typesOf(running);

/** A pod as a workload describes it: its `spec`, and the `metadata` of the pod. */
export interface Pod {
  spec: Part;
  metadata: Part;
}

/** A container of a pod; the ones that prepare it and those added for debugging count too. */
export interface Container {
  part: Part;
  /** The pod's own settings, which hold where the container has none. */
  pod: Part;
  purpose: "run" | "prepare" | "debug";
}

/** Where attributes of a pod's spec stand in workloads of these kinds. */
function pathsIn(kinds: readonly Kind[], names: readonly string[]): string[] {
  const specs = ["spec", "spec.template.spec", ...(kinds.includes("CronJob") ? [inCronJob] : [])];
  return specs.flatMap((spec) => names.map((name) => `${spec}.${name}`));
}

const inCronJob = "spec.job_template.spec.template.spec";

function podOf(object: Part, kind: Kind): Pod {
  if (kind === "Pod") return { spec: object.part("spec"), metadata: object.part("metadata") };
  const outer = kind === "CronJob" ? object.part("spec").part("job_template") : object;
  const template = outer.part("spec").part("template");
  return { spec: template.part("spec"), metadata: template.part("metadata") };
}

/** Judges each pod. `reads` are attributes of the pod's spec. */
export function pods(reads: readonly string[], test: (pod: Pod) => (Match | undefined)[]): Condition {
  return objects(workloads, pathsIn(workloads, reads), (object, kind) => test(podOf(object, kind)).filter(isMatch));
}

/** Judges each container of each pod by itself. `reads` are attributes of a container. */
export function containers(
  reads: readonly string[],
  test: (container: Container) => Match | undefined,
  kinds: readonly Kind[] = workloads,
): Condition {
  const paths = pathsIn(
    kinds,
    reads.map((name) => `container.${name}`),
  );
  return objects(kinds, paths, (object, kind) => {
    const { spec } = podOf(object, kind);
    return [
      ...judgeList(spec, "container", "run", test),
      ...judgeList(spec, "init_container", "prepare", test),
      ...judgeList(spec, "ephemeral_container", "debug", test),
    ];
  });
}

/** Judges each container that is meant to run on. */
export function runningContainers(reads: readonly string[], test: (container: Part) => Match | undefined): Condition {
  return containers(reads, ({ part, purpose }) => (purpose === "run" ? test(part) : undefined), running);
}

function judgeList(
  spec: Part,
  name: string,
  purpose: Container["purpose"],
  test: (container: Container) => Match | undefined,
): Match[] {
  const parts = spec.parts(name);
  if (!parts) return [{ outcome: "unknown", attribute: spec.attribute(name) }];
  return parts.flatMap((part) => {
    const match = test({ part, pod: spec, purpose });
    if (!match) return [];
    const own = part.read("name");
    return [{ ...match, identity: own.known ? textOf(own.value) : part.path }];
  });
}

/**
 * A match where a setting of the security context is known and the test true of it, or where it is not known yet. What
 * the container does not set holds for it as the pod sets it. `block` is one inside the context.
 */
export function whereSecured(
  { part, pod }: Container,
  name: string,
  test: (value: Json) => boolean,
  block?: string,
): Match | undefined {
  const [own, shared] = [part, pod].map((one) => {
    const context = one.part("security_context");
    return block === undefined ? context : context.part(block);
  });
  if (!own || !shared) return undefined;
  const value = own.read(name);
  const isOwn = !value.known || value.value !== null;
  const found = isOwn ? where(own, name, test) : where(shared, name, test);
  const isNowhere = !isOwn && absent(shared.read(name));
  return found && isNowhere ? { ...found, attribute: own.attribute(name) } : found;
}

function absent(value: Value): boolean {
  return value.known && value.value === null;
}

function isMatch(match: Match | undefined): match is Match {
  return match !== undefined;
}
