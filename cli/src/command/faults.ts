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

/** A program that plumb started ended with this code; it has said why itself. */
export class ProgramEnded extends Error {
  override readonly name = "ProgramEnded";
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`The program ended with ${exitCode}.`);
    this.exitCode = exitCode;
  }
}
