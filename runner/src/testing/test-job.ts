import { join } from "node:path";
import type { SupervisorJob } from "../supervisor/supervisor-job.ts";
import type { TestRun } from "./test-server.ts";

/** What a supervisor is handed for a run, as a machine offers it whose provider mirror is `folder`/mirror. */
export function testJob(folder: string, { job }: TestRun, more: Partial<SupervisorJob> = {}): SupervisorJob {
  return {
    job,
    engine: { name: "terraform", path: "/bin/terraform", version: "1.11.4", sha256: "e" },
    node: "",
    prlimit: "",
    sandbox: { kind: "bubblewrap", program: "bwrap", host: { folders: [], links: [] } },
    limits: { openFiles: 1, processes: 1, fileSize: 1 },
    mirrors: [join(folder, "mirror")],
    direct: false,
    egress: { names: {}, allow: { init: [], plan: [], apply: [] } },
    certificates: null,
    programs: { supervisor: "/p/1/supervisor.cjs", egressKeeper: "", checks: "" },
    policy: { mistake: "" },
    tools: {},
    scanners: [],
    compileCache: null,
    prepared: join(folder, "prepared"),
    graceSeconds: 1,
    largestTree: 1,
    ...more,
  };
}
