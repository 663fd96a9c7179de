import type { HostLayout } from "./host-layout.ts";
import { sandboxPaths } from "./paths.ts";
import { phaseProfile, type SandboxedStep } from "./phase-profile.ts";

/** What a step's sandbox is made from. All paths on the host are absolute. */
export interface PhaseSandbox {
  step: SandboxedStep;
  host: HostLayout;
  /** Folders of the run. */
  pristine: string;
  copy: string;
  data: string;
  out: string;
  /** Generated `passwd`, `group` and `hosts`. */
  etc: string;
  cliConfig: string;
  /** Programs by the name under which they stand in the sandbox's `bin`. */
  programs: Readonly<Record<string, string>>;
  mirrors: readonly string[];
  /** Further mounts, read-only unless said otherwise: the app and its tools for the check, a certificate bundle. */
  extra: readonly { from: string; to: string; writable?: boolean }[];
  /** Working folder inside the sandbox. */
  directory: string;
  /** The whole environment. */
  environment: Readonly<Record<string, string>>;
}

/**
 * Arguments of the bwrap around one step, to be handed over by `--args <fd>`: they hold the environment, which must not
 * stand in an argument list that every user of the machine can read.
 *
 * Own user, pid, ipc, uts and cgroup namespace; uid 1000 without capabilities; no further user namespaces; a root of
 * which nothing is writable but `/tmp` and what the step's profile says.
 */
export function phaseArguments(sandbox: PhaseSandbox): string[] {
  const profile = phaseProfile(sandbox.step);
  return [
    "--unshare-user",
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup-try",
    ...(profile.network === "none" ? ["--unshare-net"] : []),
    "--disable-userns",
    "--uid",
    "1000",
    "--gid",
    "1000",
    "--hostname",
    "plumbline",
    "--cap-drop",
    "ALL",
    "--new-session",
    ...(profile.diesWithParent ? ["--die-with-parent"] : []),
    ...systemMounts(sandbox),
    ...bind(profile.tree === "copy", profile.tree === "copy" ? sandbox.copy : sandbox.pristine, sandboxPaths.work),
    ...(profile.data === "absent" ? [] : bind(profile.data === "writable", sandbox.data, sandboxPaths.data)),
    ...(profile.out === "absent" ? [] : bind(profile.out === "writable", sandbox.out, sandboxPaths.out)),
    ...(profile.providers ? providerMounts(sandbox) : []),
    ...Object.entries(sandbox.programs).flatMap(([name, path]) => bind(false, path, `${sandboxPaths.bin}/${name}`)),
    ...sandbox.extra.flatMap(({ from, to, writable }) => bind(writable === true, from, to)),
    "--remount-ro",
    "/",
    "--chdir",
    sandbox.directory,
    "--clearenv",
    ...Object.entries(sandbox.environment).flatMap(([name, value]) => ["--setenv", name, value]),
  ];
}

function systemMounts({ host, etc }: PhaseSandbox): string[] {
  return [
    ...host.folders.flatMap((path) => bind(false, path, path)),
    ...host.links.flatMap(({ path, target }) => ["--symlink", target, path]),
    ...["passwd", "group", "hosts"].flatMap((name) => bind(false, `${etc}/${name}`, `/etc/${name}`)),
    "--proc",
    "/proc",
    "--dev",
    "/dev",
    "--tmpfs",
    "/tmp",
  ];
}

function providerMounts({ mirrors, cliConfig }: PhaseSandbox): string[] {
  return [
    ...bind(false, cliConfig, sandboxPaths.cliConfig),
    ...mirrors.flatMap((path, index) => bind(false, path, `${sandboxPaths.mirrors}/${index}`)),
  ];
}

function bind(writable: boolean, from: string, to: string): string[] {
  return [writable ? "--bind" : "--ro-bind", from, to];
}
