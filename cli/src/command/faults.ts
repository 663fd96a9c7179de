/** The command line itself is wrong. `hint` says what to write instead. */
export class UsageFault extends Error {
  override readonly name = "UsageFault";
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** The person stopped the command: Ctrl-C, or another answer than yes. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** The command ends with this code; why has been said already, by a program that plumb started or in a report. */
export class ProgramEnded extends Error {
  override readonly name = "ProgramEnded";
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`It ended with ${exitCode}.`);
    this.exitCode = exitCode;
  }
}
