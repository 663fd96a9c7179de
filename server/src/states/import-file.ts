import { problem } from "@plumbline/contract";
import { z } from "zod";
import { stateFacts } from "./state-file.ts";
import type { StateFileFacts } from "./state-file.ts";

/** What is known of a state that somebody brings along. */
export interface ImportedFacts extends StateFileFacts {
  /** The version of the engine that wrote it: `1.11.4`. */
  engineVersion: string;
  /** Full source addresses of the providers of its resources, sorted; those built into the engine are left out. */
  providers: string[];
}

const builtIn = "terraform.io/builtin/";

/** What of a state is read here, beside what `stateFacts` reads. */
const Head = z.looseObject({
  serial: z.int().nonnegative(),
  lineage: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  terraform_version: z.string().regex(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/),
  resources: z.array(z.looseObject({ provider: z.string().optional() })).nullish(),
});

/**
 * Reads a state as `terraform state pull` gives it. Throws `state_file_wrong` for everything else that people have at
 * hand when they move in, with what it is and what to give instead. What it holds is never repeated in a message.
 */
export function readImportFile(bytes: Buffer): ImportedFacts {
  const value = readObject(bytes);
  refuseRelatives(value);
  requireFormat(value["version"]);
  const head = Head.safeParse(value);
  if (!head.success) {
    const [issue] = head.error.issues;
    throw wrong(
      `Its field “${issue?.path.join(".") ?? ""}” is missing or is not what an engine writes there.`,
      "Give the file as terraform state pull (or tofu state pull) prints it, unedited.",
    );
  }
  if (head.data.serial === 0)
    throw wrong(
      "Its serial is 0: no engine has ever stored it.",
      "Have your engine store it where it is now (terraform apply -refresh-only), pull it again, and give that file.",
    );
  const facts = stateFacts(bytes, value);
  return {
    ...facts,
    engineVersion: head.data.terraform_version,
    providers: providersOf((head.data.resources ?? []).flatMap(({ provider }) => provider ?? [])),
  };
}

function wrong(detail: string, next: string) {
  return problem("state_file_wrong", detail, { next });
}

const pullIt = "Run terraform state pull (or tofu state pull) in the root module, and give what it prints.";

function readObject(bytes: Buffer): Record<string, unknown> {
  if (bytes.toString("latin1", 0, 4096).trim() === "" && bytes.toString("latin1").trim() === "")
    throw wrong(
      "The file is empty: state pull prints nothing where there is no state.",
      "Run it in the root module after init, with the backend and the terraform workspace that hold the state selected.",
    );
  if (bytes.subarray(0, 2).toString("latin1") === "PK")
    throw wrong("This is a saved plan (terraform plan -out), not a state.", pullIt);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw wrong("The file is compressed.", "Unpack it (gunzip) first.");
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes[0] === 0xef)
    throw wrong(
      "The file is not in plain UTF-8: it begins with a byte order mark, as PowerShell's > writes it.",
      'Write it with cmd /c "terraform state pull > FILE", or with Out-File -Encoding utf8NoBOM.',
    );
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    // The parser's own message quotes the file: it stays here.
    if (bytes.toString("latin1", 0, 64).trimStart().startsWith("{"))
      throw wrong(
        `It begins as JSON and cannot be read to its end (${bytes.length} bytes): it was cut or damaged on the way.`,
        "Pull it again, and compare the sizes.",
      );
    throw wrong("This is not JSON, so it is no state.", pullIt);
  }
  if (!isObject(value)) throw wrong("This is JSON, but no state.", pullIt);
  return value;
}

/** Other files of the engines, told apart by the fields that only they have. */
function refuseRelatives(value: Record<string, unknown>): void {
  if ("encrypted_data" in value)
    throw wrong(
      "This state is encrypted by OpenTofu (encrypted_data), and the key is not here.",
      "Run tofu state pull where the key is configured: it prints the state in the clear. Plumbline seals what it stores; take the encryption block out of the code.",
    );
  if ("format_version" in value)
    throw wrong(
      "planned_values" in value || "resource_changes" in value
        ? "This is a plan as JSON (terraform show -json PLAN), not a state."
        : "This is what terraform show -json prints of a state; it leaves out what the engine needs.",
      pullIt,
    );
  if ("backend" in value)
    throw wrong(
      "This is .terraform/terraform.tfstate, in which the engine notes its backend; the state is not in it.",
      pullIt,
    );
}

function requireFormat(version: unknown): void {
  if (version === 4) return;
  if (typeof version !== "number") throw wrong("This is JSON, but no state: it has no format version.", pullIt);
  if (version > 4)
    throw wrong(
      `This state is of format version ${version}; the newest that is known here is 4.`,
      "Upgrade this installation first, or pull the state with the release of the engine that the component names.",
    );
  throw wrong(
    `This state is of format version ${version}, which terraform wrote before 0.12.`,
    "Upgrade it where it is, release by release up to 1.x (terraform apply writes the new format), then pull it again.",
  );
}

/** `provider["registry.terraform.io/hashicorp/aws"].west` → `registry.terraform.io/hashicorp/aws`. */
function providersOf(references: readonly string[]): string[] {
  const found = new Set<string>();
  for (const reference of new Set(references)) {
    const [, address] = /provider\["([a-zA-Z0-9][a-zA-Z0-9./_-]{0,200})"\]/.exec(reference) ?? [];
    if (address === undefined)
      throw wrong(
        "It names providers as terraform did before 0.13, without their source.",
        "Run terraform 0.13upgrade and terraform apply where the state is now, then pull it again.",
      );
    if (!address.startsWith(builtIn)) found.add(address);
  }
  return [...found].toSorted();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
