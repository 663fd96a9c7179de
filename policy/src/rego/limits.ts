import type { ProgramResult } from "./run-program.ts";

/** What one run of OPA may use. */
export interface RegoLimits {
  cpuMs: number;
  wallMs: number;
  memoryBytes: number;
}

/** The limit of the configuration is for so many resources; larger plans get more of it. */
const resourcesPerLimit = 500;
/** On a busy machine a process waits for its turn; that is not the policy's fault. */
const wallPerCpu = 5;
const megabyte = 1024 * 1024;
const leastMemory = 512 * megabyte;
/** OPA holds its input as values, and more than once. */
const memoryPerInput = 24;

/** Limits for a plan of so many resources whose JSON has so many characters. `timeoutMs` is that of the configuration. */
export function limitsFor(timeoutMs: number, resources: number, inputSize: number): RegoLimits {
  const cpuMs = timeoutMs * Math.max(1, Math.ceil(resources / resourcesPerLimit));
  return { cpuMs, wallMs: cpuMs * wallPerCpu, memoryBytes: leastMemory + memoryPerInput * inputSize };
}

/** A process that lives for a moment need not collect its garbage until it has taken half of what it may: a third of the time. */
export function environmentFor({ memoryBytes }: RegoLimits): Record<string, string> {
  return { GOGC: "off", GOMEMLIMIT: String(Math.round(memoryBytes / 2)) };
}

/** What is said where the evaluation took too long. */
export function outOfCpu({ cpuMs }: RegoLimits): string {
  return `the policies took longer than ${cpuMs} ms; make them cheaper or raise rego.timeout in policies/plumbline-policy.yaml`;
}

/** What is said where OPA was stopped. */
export function whyStopped(reason: NonNullable<ProgramResult["stopped"]>, limits: RegoLimits): string {
  switch (reason) {
    case "time":
    case "cpu":
      return outOfCpu(limits);
    case "memory":
      return `the policies took more memory than ${Math.round(limits.memoryBytes / megabyte)} MB; a rule builds too large a value`;
    case "output":
      return "the policies said more than 64 MB; a rule gives far too many results";
  }
}
