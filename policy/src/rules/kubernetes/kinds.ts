import type { Condition, JudgeContext, Match } from "../../vocabulary/condition.ts";
import { judge } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objectOf } from "./part.ts";
import type { Part } from "./part.ts";

/** Kind of the object → the provider's resource types for it. */
const typesByKind = {
  ClusterRole: both("cluster_role"),
  ClusterRoleBinding: both("cluster_role_binding"),
  CronJob: both("cron_job"),
  DaemonSet: ["kubernetes_daemonset", "kubernetes_daemon_set_v1"],
  Deployment: both("deployment"),
  Ingress: both("ingress"),
  Job: both("job"),
  Namespace: both("namespace"),
  NetworkPolicy: both("network_policy"),
  PersistentVolume: both("persistent_volume"),
  Pod: both("pod"),
  ReplicaSet: [],
  ReplicationController: both("replication_controller"),
  Role: both("role"),
  RoleBinding: both("role_binding"),
  Secret: both("secret"),
  Service: both("service"),
  StatefulSet: both("stateful_set"),
} as const satisfies Record<string, readonly string[]>;

export type Kind = keyof typeof typesByKind;

function both(name: string): string[] {
  return [`kubernetes_${name}`, `kubernetes_${name}_v1`];
}

const kindByType: ReadonlyMap<string, string> = new Map(
  Object.entries(typesByKind).flatMap(([kind, types]) => types.map((type) => [type, kind] as const)),
);

/** Every resource type that can describe an object of one of these kinds. */
export function typesOf(kinds: readonly Kind[]): string[] {
  return [...kinds.flatMap((kind) => typesByKind[kind]), "kubernetes_manifest", "kubectl_manifest"];
}

/** Judges objects of these kinds, whichever resource type describes them. `reads` are the attributes of the types. */
export function objects(
  kinds: readonly Kind[],
  reads: readonly string[],
  test: (object: Part, kind: Kind) => Match[],
): Condition {
  return judge(
    (context) => {
      const kind = kindOf(context);
      const meant = kinds.find((one) => one === kind);
      return meant ? test(objectOf(context), meant) : [];
    },
    [...reads, "manifest"],
  );
}

function kindOf(context: JudgeContext): string | undefined {
  const own = kindByType.get(context.resource.type);
  if (own !== undefined) return own;
  const kind = objectOf(context).read("kind");
  return kind.known ? textOf(kind.value) : undefined;
}
