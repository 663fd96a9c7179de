import { readFileSync } from "node:fs";

/**
 * Why this kernel, or the container around, lets bubblewrap make no user namespaces or no /proc in them, and what to do;
 * undefined where nothing of that is seen. `read` gives a file's text, undefined where there is none.
 */
export function adviseOnUserNamespaces(read: (file: string) => string | undefined = readText): string | undefined {
  const is = (name: string, value: string) => read(`/proc/sys/${name}`)?.trim() === value;
  if (is("kernel/unprivileged_userns_clone", "0"))
    return persist("kernel.unprivileged_userns_clone=1", "This kernel lets only root make user namespaces.");
  if (is("user/max_user_namespaces", "0"))
    return persist("user.max_user_namespaces=15000", "This kernel allows no user namespaces.");
  if (is("kernel/apparmor_restrict_unprivileged_userns", "1"))
    return persist(
      "kernel.apparmor_restrict_unprivileged_userns=0",
      "AppArmor lets only programs with a profile make user namespaces.",
    );
  if (read("/.dockerenv") !== undefined || read("/run/.containerenv") !== undefined)
    return (
      "A container's defaults forbid user namespaces (seccomp, AppArmor) and a new /proc (parts of its own are covered): " +
      "start it with the security_opt lines of deploy/container/compose.yaml, with Docker and Podman alike."
    );
  return undefined;
}

function persist(setting: string, why: string): string {
  return `${why} As root: echo ${setting} > /etc/sysctl.d/60-plumbline.conf && sysctl --system`;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
