import type { AnswerOf } from "../../api/endpoints.ts";

type Origin = NonNullable<AnswerOf<"listWorkspaceValues">["items"][number]["origin"]>;

/** What a value's source is called, the strongest first. */
export const sourceWords: Record<Origin["source"], string> = {
  workspace_file: "workspace file",
  environment_file: "environment",
  component_file: "component file",
  sealed: "sealed",
  input: "output",
  default: "default",
};

/** "prod/database.tfvars:3", "database/variables.tf:9": where it is written, without the folders that tell nothing. */
export function placeText({ file, line }: Pick<Origin, "file" | "line">): string | null {
  if (file === null) return null;
  const short = file.startsWith("environments/")
    ? file.slice("environments/".length)
    : file.split("/").slice(-2).join("/");
  return `${short}${line === null ? "" : `:${line}`}`;
}

/** Whether the place is part of a component's code, which may stand at a pin; values of an environment stand on main. */
export function isOfCode({ source }: Pick<Origin, "source">): boolean {
  return source === "default" || source === "component_file";
}
