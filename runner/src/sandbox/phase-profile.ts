/** The processes of a run that get a sandbox of their own. (`fetch` starts none: the supervisor reads the archive.) */
export type SandboxedStep = "init" | "plan" | "show" | "check" | "apply";

/** What a step may touch. */
export interface PhaseProfile {
  /** `pristine`: the unpacked tree, read-only. `copy`: one that is written by nobody else, and read by no later step. */
  tree: "pristine" | "copy";
  data: "writable" | "readable" | "absent";
  out: "writable" | "readable" | "absent";
  /** `run`: the run's loopback, hence state API and egress proxy. `none`: a network of its own with nothing in it. */
  network: "run" | "none";
  /** False for what must live on when its parent dies: an apply. */
  diesWithParent: boolean;
  providers: boolean;
}

const profiles: Record<SandboxedStep, PhaseProfile> = {
  init: { tree: "pristine", data: "writable", out: "absent", network: "run", diesWithParent: true, providers: true },
  plan: { tree: "copy", data: "readable", out: "writable", network: "run", diesWithParent: true, providers: true },
  show: { tree: "pristine", data: "readable", out: "readable", network: "none", diesWithParent: true, providers: true },
  check: { tree: "pristine", data: "absent", out: "absent", network: "none", diesWithParent: true, providers: false },
  apply: { tree: "copy", data: "readable", out: "readable", network: "run", diesWithParent: false, providers: true },
};

/** @returns what a step may touch. */
export function phaseProfile(step: SandboxedStep): PhaseProfile {
  return profiles[step];
}
