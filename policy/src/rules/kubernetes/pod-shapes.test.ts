import { stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { isObject } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import type { Resource } from "../../resources/resource.ts";
import { kubernetesRules } from "./kubernetes-rules.ts";
import { workloadExample } from "./workload-example.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function fired(resources: readonly Resource[]): string[] {
  return judgeResources(resources, kubernetesRules, policy)
    .map(({ finding }) => `${finding.rule} ${finding.outcome}`)
    .sort();
}

/** Names of lists in objects, by the name of the block that stands for one element. */
const lists: Record<string, string> = {
  container: "containers",
  env: "env",
  env_from: "envFrom",
  from: "from",
  ingress: "ingress",
  init_container: "initContainers",
  port: "ports",
  ports: "ports",
  rule: "rules",
  subject: "subjects",
  sysctl: "sysctls",
  tls: "tls",
  volume: "volumes",
};
const irregular: Record<string, string> = {
  host_pid: "hostPID",
  host_ipc: "hostIPC",
  external_ips: "externalIPs",
};

/** The same object as a manifest writes it. */
function asManifest(value: Json, isMap = false): Json {
  if (Array.isArray(value)) return value.map((item) => asManifest(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (isMap) return [name, inner];
      const list = lists[name];
      if (list !== undefined) return [list, asManifest(inner)];
      const own = irregular[name] ?? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const isBlock = Array.isArray(inner) && inner.every(isObject);
      const content = isBlock ? (inner[0] ?? {}) : inner;
      return [own, asManifest(content, ["labels", "annotations", "limits", "requests", "hard"].includes(name))];
    }),
  );
}

const kinds: Record<string, string> = {
  cluster_role: "ClusterRole",
  cluster_role_binding: "ClusterRoleBinding",
  deployment: "Deployment",
  ingress: "Ingress",
  namespace: "Namespace",
  network_policy: "NetworkPolicy",
  persistent_volume: "PersistentVolume",
  role: "Role",
  role_binding: "RoleBinding",
  secret: "Secret",
  service: "Service",
};

function toManifest({ address, name, type, values }: Resource): Resource {
  const kind = kinds[type.replace(/^kubernetes_/, "").replace(/_v1$/, "")] ?? "";
  const object = asManifest(values);
  const manifest: JsonObject = { kind, ...(isObject(object) ? object : {}) };
  return {
    address: `manifest.${address}`,
    moduleAddress: "",
    type: "kubernetes_manifest",
    name,
    provider: "example",
    values: { manifest },
    unknown: {},
  };
}

/** The same manifest as text. */
function asText({ values, ...resource }: Resource): Resource {
  return { ...resource, type: "kubectl_manifest", values: { yaml_body: stringify(values["manifest"]) } };
}

const forManifests = kubernetesRules.filter(
  ({ resourceTypes, examples }) =>
    resourceTypes.includes("kubernetes_manifest") && !examples.bad.startsWith('resource "kubernetes_manifest"'),
);

describe.each(forManifests.map((rule) => [rule.id, rule] as const))("%s", (id, { examples }) => {
  it("finds in a manifest what it finds in a resource of its own", () => {
    const [bad, good] = [examples.bad, examples.good].map((hcl) => resourcesFromHcl(hcl).map(toManifest));
    expect(fired(bad ?? []).filter((name) => name.startsWith(`${id} `))).toEqual([`${id} fail`]);
    expect(fired(good ?? []).filter((name) => name.startsWith(`${id} `))).toEqual([]);
  });
});

describe.each(forManifests.map((rule) => [rule.id, rule] as const))("%s, as text", (id, { examples }) => {
  it("finds in YAML what it finds in a resource of its own", () => {
    const [bad, good] = [examples.bad, examples.good].map((hcl) => resourcesFromHcl(hcl).map(toManifest).map(asText));
    expect(fired(bad ?? []).filter((name) => name.startsWith(`${id} `))).toEqual([`${id} fail`]);
    expect(fired(good ?? []).filter((name) => name.startsWith(`${id} `))).toEqual([]);
  });
});

describe("a workload", () => {
  const privileged = workloadExample({ security: { privileged: "privileged = true" } });
  const privilegedOf = (hcl: string) =>
    judgeResources(resourcesFromHcl(hcl), kubernetesRules, policy)
      .map(({ finding }) => finding)
      .filter(({ rule }) => rule === "kubernetes-pod-privileged");

  it("is silent where everything is well", () => {
    expect(fired(resourcesFromHcl(workloadExample()))).toEqual([]);
  });

  it("is judged by its init containers too", () => {
    const found = privilegedOf(privileged.replace(" container {", " init_container {"));
    expect(found.map(({ attribute }) => attribute)).toEqual([
      "spec.template.spec.init_container[0].security_context.privileged",
    ]);
  });

  it("is judged by the pod of a job that is run by the clock", () => {
    const values = resourcesFromHcl(privileged)[0]?.values["spec"] ?? null;
    const job: Resource = {
      address: "kubernetes_cron_job_v1.shop",
      moduleAddress: "",
      type: "kubernetes_cron_job_v1",
      name: "shop",
      provider: "example",
      values: { spec: [{ job_template: [{ spec: values }] }] },
      unknown: {},
    };
    expect(fired([job])).toContain("kubernetes-pod-privileged fail");
  });

  it("is judged by containers added for debugging, in a manifest of a pod", () => {
    const pod: Resource = {
      address: "kubernetes_manifest.shop",
      moduleAddress: "",
      type: "kubernetes_manifest",
      name: "shop",
      provider: "example",
      values: {
        manifest: {
          kind: "Pod",
          spec: { ephemeralContainers: [{ name: "look", securityContext: { privileged: true } }] },
        },
      },
      unknown: {},
    };
    expect(fired([pod])).toContain("kubernetes-pod-privileged fail");
  });

  it("takes what the provider decides deep inside for absent, and what the code sets for unknown", () => {
    const [deployment] = resourcesFromHcl(workloadExample({ container: { resources: undefined } }));
    if (!deployment) throw new Error("the example has a deployment");
    const hidden = { spec: [{ template: [{ spec: [{ container: [{ resources: true, image: true }] }] }] }] };
    const found = fired([{ ...deployment, unknown: hidden }]);
    expect(found).toContain("kubernetes-pod-no-memory-limit fail");
    expect(found).toContain("kubernetes-pod-latest-image unknown");
  });

  it("keeps apart the same fault of two containers", () => {
    const beside = 'container {\n  name = "beside"\n  security_context {\n    privileged = true\n  }\n}';
    const two = privilegedOf(workloadExample({ security: { privileged: "privileged = true" }, pod: { beside } }));
    expect(new Set(two.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});
