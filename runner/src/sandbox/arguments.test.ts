import { describe, expect, it } from "vitest";
import { limitArguments, withinHardLimits } from "./limits.ts";
import { outerArguments } from "./outer-arguments.ts";
import { phaseArguments } from "./phase-arguments.ts";
import type { SandboxedStep } from "./phase-profile.ts";

const argumentsOf = (step: SandboxedStep) =>
  phaseArguments({
    step,
    host: { folders: ["/usr", "/etc/ssl"], links: [{ path: "/bin", target: "usr/bin" }] },
    pristine: "/r/tree",
    copy: "/r/copy",
    data: "/r/data",
    out: "/r/out",
    etc: "/r/etc",
    cliConfig: "/r/cli.tfrc",
    programs: { node: "/opt/node", terraform: "/opt/terraform" },
    mirrors: ["/m/one", "/m/two"],
    extra: [{ from: "/ca.pem", to: "/plumbline/certificates.pem" }],
    directory: "/work/c",
    environment: { PATH: "/plumbline/bin", TOKEN: "a b" },
  }).join(" ");

const namespaces = "--unshare-user --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try";
const identity = "--disable-userns --uid 1000 --gid 1000 --hostname plumbline --cap-drop ALL --new-session";
const system =
  "--ro-bind /usr /usr --ro-bind /etc/ssl /etc/ssl --symlink usr/bin /bin --ro-bind /r/etc/passwd /etc/passwd " +
  "--ro-bind /r/etc/group /etc/group --ro-bind /r/etc/hosts /etc/hosts --proc /proc --dev /dev --tmpfs /tmp";
const providers =
  "--ro-bind /r/cli.tfrc /plumbline/cli.tfrc --ro-bind /m/one /plumbline/mirrors/0 --ro-bind /m/two /plumbline/mirrors/1";
const rest =
  "--ro-bind /opt/node /plumbline/bin/node --ro-bind /opt/terraform /plumbline/bin/terraform " +
  "--ro-bind /ca.pem /plumbline/certificates.pem --remount-ro / --chdir /work/c --clearenv " +
  "--setenv PATH /plumbline/bin --setenv TOKEN a b";

describe("phaseArguments", () => {
  it.each<[SandboxedStep, string]>([
    [
      "init",
      `${namespaces} ${identity} --die-with-parent ${system} --ro-bind /r/tree /work --bind /r/data /plumbline/data ${providers} ${rest}`,
    ],
    [
      "plan",
      `${namespaces} ${identity} --die-with-parent ${system} --bind /r/copy /work --ro-bind /r/data /plumbline/data --bind /r/out /plumbline/out ${providers} ${rest}`,
    ],
    [
      "show",
      `${namespaces} --unshare-net ${identity} --die-with-parent ${system} --ro-bind /r/tree /work --ro-bind /r/data /plumbline/data --ro-bind /r/out /plumbline/out ${providers} ${rest}`,
    ],
    ["check", `${namespaces} --unshare-net ${identity} --die-with-parent ${system} --ro-bind /r/tree /work ${rest}`],
    [
      "apply",
      `${namespaces} ${identity} ${system} --bind /r/copy /work --ro-bind /r/data /plumbline/data --ro-bind /r/out /plumbline/out ${providers} ${rest}`,
    ],
  ])("of %s", (step, expected) => {
    expect(argumentsOf(step)).toBe(expected);
  });
});

describe("outerArguments", () => {
  it("separate the network and nothing else", () => {
    expect(outerArguments(["node", "main.ts"])).toEqual([
      "--unshare-net",
      "--dev-bind",
      "/",
      "/",
      "--",
      "node",
      "main.ts",
    ]);
  });
});

describe("limits", () => {
  it("are what prlimit is told", () => {
    const limits = { openFiles: 10, processes: 20, fileSize: 30 };
    expect(limitArguments(limits)).toEqual(["--nofile=10", "--nproc=20", "--fsize=30", "--core=0", "--"]);
  });

  it("stay below what the machine allows", () => {
    const text =
      "Max file size             unlimited            unlimited            bytes\nMax processes             96365                15                   processes\nMax open files            5                    7                    files\n";
    expect(withinHardLimits({ openFiles: 10, processes: 20, fileSize: 30 }, text)).toEqual({
      openFiles: 7,
      processes: 15,
      fileSize: 30,
    });
  });
});
