import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Note, Proposal } from "../init/proposal.ts";
import { plumb } from "./fake-terminal.ts";

/** A checkout of Terraform code for which `plumb init` proposes something. */
export interface Checkout {
  readonly folder: string;
  /** Writes files by their paths in it. */
  write: (files: Record<string, string>) => void;
  /** What `plumb init` answers for it. */
  init: (...more: string[]) => Promise<Proposal & { written: string[]; exitCode: number }>;
}

/** Gives each test of a file an empty one. */
export function useCheckout(): Checkout {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plumb-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    async init(...more) {
      const { exitCode, stdout } = await plumb(["init", folder, "--json", ...more]);
      return { ...JSON.parse(stdout), exitCode };
    },
  };
}

/** Code that has a provider, which makes it a root module. */
export const providerCode = 'provider "aws" {\n  region = var.region\n}\nvariable "region" {}\n';

/** A proposed file; undefined where it is not proposed. */
export function textOf(proposal: Proposal, path: string): string | undefined {
  return proposal.files.find((file) => file.path === path)?.text;
}

/** The note whose message holds this. */
export function noteWith(proposal: Proposal, text: string): Note | undefined {
  return proposal.notes.find(({ message }) => message.includes(text));
}
