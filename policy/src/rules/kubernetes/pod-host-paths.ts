import type { Rule } from "../../rule.ts";
import type { Match } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { isOn, where } from "./part.ts";
import type { Part } from "./part.ts";
import { podRule } from "./pod-rule.ts";
import { pods } from "./pods.ts";

/** Sockets of what runs containers; whoever talks to one is root on the machine. */
const sockets =
  /\/(?:docker|containerd\/containerd|crio\/crio|podman\/podman|cri-dockerd)\.sock$|^\/var\/run\/docker\.sock/;

/** Folders from which a machine can be taken over or its secrets read. */
const sensitive =
  /^\/(?:$|(?:bin|boot|dev|etc|home|lib|proc|root|run|sbin|sys|usr|var|var\/lib|var\/lib\/(?:containerd|docker)|var\/run)$|(?:boot|etc\/(?:cron|kubernetes|passwd|shadow|ssh(?!\w)|sudoers)|proc|root|var\/lib\/(?:etcd|kubelet)))/;

function hostPaths(spec: Part, test: (path: string, isWritable: boolean) => boolean): (Match | undefined)[] {
  const volumes = spec.parts("volume");
  if (!volumes) return [{ outcome: "unknown", attribute: spec.attribute("volume") }];
  return volumes.map((volume) => {
    const match = where(
      volume.part("host_path"),
      "path",
      (path) => textOf(path) !== "" && test(normal(textOf(path)), isWritable(spec, volume)),
    );
    const name = volume.read("name");
    return match && { ...match, identity: name.known ? textOf(name.value) : volume.path };
  });
}

/** Some container may write there; also where it is not known how the volume is mounted. */
function isWritable(spec: Part, volume: Part): boolean {
  const name = volume.read("name");
  const containers = [...(spec.parts("container") ?? []), ...(spec.parts("init_container") ?? [])];
  const mounts = containers
    .flatMap((container) => container.parts("volume_mount") ?? [])
    .filter((mount) => {
      const own = mount.read("name");
      return own.known && name.known && own.value === name.value;
    });
  return (
    mounts.length === 0 || mounts.some((mount) => where(mount, "read_only", (value) => !isOn(value)) !== undefined)
  );
}

const normal = (path: string): string => path.replace(/(?<=.)\/+$/, "");

const volume = (path: string) => ({
  volume: `volume {\n  name = "files"\n  host_path {\n    path = "${path}"\n  }\n}`,
});

/** Folders of the machine inside pods. */
export const kubernetesPodHostPathRules: Rule[] = [
  podRule({
    id: "kubernetes-pod-runtime-socket",
    severity: "high",
    category: "isolation",
    title: "The pod talks to what runs containers on its machine",
    failsWhen: pods(["volume.host_path.path"], ({ spec }) => hostPaths(spec, (path) => sockets.test(path))),
    why: "Through the socket it can start a privileged container, and so owns the machine.",
    fix: "Build images with a tool that needs no daemon, and read logs and figures from the cluster's interface.",
    bad: { pod: volume("/var/run/docker.sock") },
  }),
  podRule({
    id: "kubernetes-pod-sensitive-host-path",
    severity: "high",
    category: "isolation",
    title: "The pod may write to a folder that rules its machine",
    failsWhen: pods(["volume.host_path.path", "container.volume_mount.read_only"], ({ spec }) =>
      hostPaths(spec, (path, isWritable) => isWritable && sensitive.test(path) && !sockets.test(path)),
    ),
    why: "From there it can take over the machine and all other pods on it.",
    fix: "Use a persistent volume, a config map or a secret.",
    bad: { pod: volume("/etc") },
  }),
  podRule({
    id: "kubernetes-pod-host-path",
    severity: "medium",
    category: "isolation",
    title: "The pod mounts a folder of its machine",
    failsWhen: pods(["volume.host_path.path", "container.volume_mount.read_only"], ({ spec }) =>
      hostPaths(spec, (path, isWritable) => !(isWritable && sensitive.test(path)) && !sockets.test(path)),
    ),
    why: "Pods that share a machine then share files, and what they write outlives them unseen.",
    fix: "Use a persistent volume, a config map or a secret.",
    bad: { pod: volume("/opt/shop") },
  }),
];
