import type { OfferedTool } from "@plumbline/contract";

/** The engine that every organization of a test has accepted. */
export const acceptedTool: OfferedTool = {
  name: "terraform",
  version: "1.11.0",
  platform: "linux_amd64",
  sha256: "e".repeat(64),
};
