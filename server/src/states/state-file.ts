import { createHash } from "node:crypto";
import { problem } from "@plumbline/contract";
import { z } from "zod";

const Output = z.object({ value: z.unknown(), type: z.unknown().optional(), sensitive: z.boolean().optional() });

/** Terraform's state format, version 4; what is not read here is kept as it is. */
const StateFile = z.object({
  version: z.literal(4),
  terraform_version: z.string().max(60).nullish(),
  serial: z.int().nonnegative(),
  lineage: z.string().min(1).max(200),
  outputs: z.record(z.string(), Output).nullish(),
  resources: z
    .array(z.looseObject({ mode: z.string(), type: z.string().max(200).nullish(), instances: z.array(z.unknown()) }))
    .nullish(),
});

/** Outputs of a state by name. */
export const StateOutputs = z.record(
  z.string(),
  z.object({ value: z.unknown(), type: z.unknown().optional(), sensitive: z.boolean() }),
);
export type StateOutputs = z.infer<typeof StateOutputs>;

/** What is known of a state's bytes once they were read. */
export interface StateFileFacts {
  serial: number;
  lineage: string;
  sha256: string;
  size: number;
  /** Instances of managed resources. */
  resources: number;
  /** How many of each type. */
  types: Record<string, number>;
  outputs: StateOutputs;
  /** Version of the engine that wrote it, where it is one: `1.11.4`. */
  engineVersion: string | null;
}

/**
 * Reads a state as the engine sends it (JSON, format version 4). Throws `state_refused` for what is none, and for
 * bytes that differ from the Content-MD5 given (base64, RFC 1864).
 */
export function readStateFile(bytes: Buffer, contentMd5?: string): StateFileFacts {
  if (contentMd5 !== undefined) {
    const md5 = createHash("md5").update(bytes).digest("base64");
    if (md5 !== contentMd5)
      throw problem("state_refused", "The state's bytes differ from its Content-MD5: it was damaged on the way.");
  }
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw problem("state_refused", "This is not JSON, so it is no state.", { cause });
  }
  return stateFacts(bytes, value);
}

/** The same of bytes whose JSON was read already. */
export function stateFacts(bytes: Buffer, value: unknown): StateFileFacts {
  const parsed = StateFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw problem(
      "state_refused",
      `This is no state of format version 4: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}.`,
    );
  }
  const state = parsed.data;
  const managed = (state.resources ?? []).filter((resource) => resource.mode === "managed");
  return {
    serial: state.serial,
    lineage: state.lineage,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    size: bytes.length,
    engineVersion: /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.exec(state.terraform_version ?? "")?.[0] ?? null,
    types: countTypes(managed),
    resources: managed.reduce((sum, resource) => sum + resource.instances.length, 0),
    outputs: Object.fromEntries(
      Object.entries(state.outputs ?? {}).map(([name, output]) => [
        name,
        { value: output.value, type: output.type, sensitive: output.sensitive ?? false },
      ]),
    ),
  };
}

function countTypes(resources: readonly { type?: string | null | undefined; instances: readonly unknown[] }[]) {
  const counts = new Map<string, number>();
  for (const { type, instances } of resources)
    if (typeof type === "string") counts.set(type, (counts.get(type) ?? 0) + instances.length);
  return Object.fromEntries([...counts].filter(([, count]) => count > 0));
}

/** What of a stored version decides whether another may follow it. */
export interface StatePosition {
  version: number;
  serial: number;
  lineage: string;
  sha256: string;
}

/**
 * Whether a state may follow the newest one. `same`: it is the newest one, sent again. Throws `state_refused` where it
 * belongs to another lineage, is older, or differs under the same serial.
 */
export function follows(
  next: Pick<StateFileFacts, "serial" | "lineage" | "sha256">,
  newest: StatePosition | undefined,
): "next" | "same" {
  if (newest === undefined) return "next";
  if (next.lineage !== newest.lineage)
    throw problem(
      "state_refused",
      `The state has lineage ${next.lineage}; this workspace's has ${newest.lineage}. They are states of two different things.`,
    );
  if (next.serial < newest.serial)
    throw problem("state_refused", `The state has serial ${next.serial}; serial ${newest.serial} is stored already.`);
  if (next.serial > newest.serial) return "next";
  if (next.sha256 === newest.sha256) return "same";
  throw problem(
    "state_refused",
    `Another state with serial ${next.serial} is stored already, and its content differs.`,
  );
}
