/** What the fake engine does in one of its commands. Everything absent is the ordinary, quick success. */
export interface FakeStep {
  /** Printed to standard output before anything else, one line each. */
  lines?: string[];
  /** Printed to standard error. */
  errors?: string[];
  /** Milliseconds to wait before going on; an interrupt ends the wait, as it does for the real engine. */
  waitMs?: number;
  /** Do not react to SIGINT. */
  deaf?: boolean;
  /** Never end by itself. */
  hang?: boolean;
  /** Die by this signal, as a crashing engine does. */
  dieBy?: "SIGKILL" | "SIGSEGV" | "SIGABRT";
  /** Exit code. */
  exit?: number;
  /** Names of environment variables whose values are printed, to see what a phase is given. */
  printEnvironment?: string[];
}

/** A scripted engine: what it says it is, what it plans, and how each command goes. */
export interface FakeScenario {
  version?: string;
  /** `show -json` prints this. */
  planJson?: unknown;
  /** Resources that `apply` creates, one event pair and one state write each. */
  resources?: string[];
  /** Milliseconds between two resources. */
  paceMs?: number;
  init?: FakeStep;
  plan?: FakeStep;
  show?: FakeStep;
  apply?: FakeStep;
}
