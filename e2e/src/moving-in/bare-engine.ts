import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AwsTools } from "../aws/tools.ts";
import type { OwnRoot } from "./shapes.ts";

const run = promisify(execFile);

/** The bucket that holds their states. */
const bucket = "acme-terraform-states";

/** The engine as a team runs it by hand, before it moves in. */
export interface BareEngine {
  /** Rolls a root module out, and answers what state pull prints. Leaves nothing but the lock file in the checkout. */
  rollOut(checkout: string, root: OwnRoot): Promise<string>;
}

/** Makes their bucket, and an engine that reaches the emulator. */
export async function bareEngine(tools: AwsTools, motoUrl: string, home: string): Promise<BareEngine> {
  const made = await fetch(`${motoUrl}/${bucket}`, {
    method: "PUT",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=team/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: "<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>",
  });
  if (!made.ok) throw new Error(`the bucket was not made: ${made.status} ${await made.text()}`);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    CHECKPOINT_DISABLE: "1",
    AWS_ENDPOINT_URL: motoUrl,
    AWS_ACCESS_KEY_ID: "team",
    AWS_SECRET_ACCESS_KEY: "team",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const engine = async (folder: string, ...args: string[]) => {
    try {
      return (await run(tools.engine.path, [`-chdir=${folder}`, ...args], { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`${tools.engine.name} ${args.join(" ")} in ${folder}:\n${stdout}${stderr}`, { cause: error });
    }
  };
  return {
    async rollOut(checkout, root) {
      const folder = join(checkout, root.folder);
      const partial =
        root.stateKey === undefined
          ? []
          : [`bucket=${bucket}`, `key=${root.stateKey}`, "region=eu-central-1", "use_path_style=true"];
      const config = partial.map((one) => `-backend-config=${one}`);
      await engine(folder, "init", "-input=false", `-plugin-dir=${tools.mirror}`, ...config);
      if (root.engineWorkspace !== undefined) await engine(folder, "workspace", "new", root.engineWorkspace);
      const values = root.varFiles.map((file) => `-var-file=${file}`);
      await engine(folder, "apply", "-input=false", "-auto-approve", ...values);
      const state = await engine(folder, "state", "pull");
      rmSync(join(folder, ".terraform"), { recursive: true, force: true });
      return state;
    },
  };
}
