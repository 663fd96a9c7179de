import type { AnswerOf } from "../../api/endpoints.ts";

type Workspace = Pick<AnswerOf<"getWorkspace">, "dependsOn" | "dependents" | "inputs" | "outputsUsed">;

/**
 * Names of the workspaces that one needs and that need it. Those of other repositories stand with its name before a colon,
 * `backbone:network/prod`, and only inputs and outputs tell of them.
 */
export function neighboursOf({ dependsOn, dependents, inputs, outputsUsed }: Workspace): {
  upstream: string[];
  downstream: string[];
} {
  const taken = inputs.map(({ from }) => from.slice(0, from.lastIndexOf("."))).filter(isForeign);
  const takers = outputsUsed.map(({ workspace }) => workspace).filter(isForeign);
  return {
    upstream: [...new Set([...taken, ...dependsOn])],
    downstream: [...new Set([...dependents, ...takers])],
  };
}

function isForeign(name: string): boolean {
  return name.includes(":");
}
