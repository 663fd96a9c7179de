/**
 * The catalogue of errors. Every error that reaches a person, a program or a log has its code here, with the HTTP
 * status that carries it, what it means, and what to do next. Code that fails throws `problem(code, detail)`.
 */
export const catalogue = {
  // what was asked
  invalid_request: { status: 400, title: "The request is not valid", next: "Correct the fields named in the message." },
  not_signed_in: {
    status: 401,
    title: "Sign in first",
    next: "Sign in, or send an API token that is neither expired nor revoked.",
  },
  wrong_credentials: {
    status: 401,
    title: "Name or password is wrong",
    next: "Check both, or ask an administrator for a new password.",
  },
  set_up_refused: {
    status: 401,
    title: "The set-up secret is wrong",
    next: "Take the one that the server printed at its last start; it is also in the file set-up-secret of its data directory.",
  },
  not_allowed: {
    status: 403,
    title: "You may not do this",
    next: "Ask somebody who has the right named in the message.",
  },
  insecure_transport: {
    status: 403,
    title: "Plain HTTP is refused beyond loopback",
    next: "Use HTTPS, or declare the proxy that ends TLS as trusted.",
  },
  not_found: {
    status: 404,
    title: "There is no such thing, or you may not see it",
    next: "Check the name and the organization.",
  },
  wrong_status: {
    status: 409,
    title: "This cannot be done in the present status",
    next: "Read the status; the page says what can be done.",
  },
  already_exists: {
    status: 409,
    title: "It exists already",
    next: "Choose another name, or go on with what is there.",
  },
  conflict: { status: 409, title: "Somebody else was faster", next: "Load again and repeat what still applies." },
  too_large: {
    status: 413,
    title: "This is larger than the limit",
    next: "Make it smaller, or have the limit raised in the configuration.",
  },
  too_many_requests: { status: 429, title: "Too many attempts", next: "Wait for the time named, then try again." },
  internal: {
    status: 500,
    title: "Something failed inside Plumbline",
    next: "Try again; if it stays, give the request id to whoever operates this installation.",
  },
  unavailable: {
    status: 503,
    title: "A part of Plumbline is not reachable",
    next: "Wait; the health page says which part.",
  },

  // configuration of the installation
  config_invalid: { status: 500, title: "The configuration is wrong", next: "Correct the key named in the message." },
  database_unavailable: {
    status: 503,
    title: "The database cannot be reached",
    next: "Start it, or correct database.url.",
  },
  port_taken: { status: 500, title: "The port is taken", next: "Stop what uses it, or choose another with --port." },
  tool_missing: {
    status: 500,
    title: "A program is missing",
    next: "Install it, or set its path in the configuration.",
  },
  tool_changed: {
    status: 500,
    title: "A program is not the one that was accepted",
    next: "Put the accepted one back, or write the new one's SHA-256 into the runner's configuration.",
  },

  tool_refused: {
    status: 422,
    title: "The release was not taken",
    next: "Nothing was unpacked. Check where it comes from, then fetch it again.",
  },
  tool_not_accepted: {
    status: 409,
    title: "No accepted engine fits",
    next: "An administrator accepts one (plumb tools list, plumb tools accept NAME VERSION), or the constraint in plumbline.yaml is changed.",
  },

  // repositories, pushes, pull requests
  configuration_wrong: {
    status: 422,
    title: "A configuration file is wrong",
    next: "Correct the line named in the message.",
  },
  push_refused: { status: 403, title: "The push was refused", next: "Push to refs/for/main to open a pull request." },
  merge_conflict: { status: 409, title: "The change does not merge with main", next: "Rebase on main and push again." },
  merge_refused: {
    status: 409,
    title: "The pull request cannot be merged yet",
    next: "The gate lists what is missing and who can do it.",
  },
  approval_refused: {
    status: 403,
    title: "You cannot approve this",
    next: "Somebody else approves; the gate says who.",
  },
  plan_changed: {
    status: 409,
    title: "The plan differs from the one that was shown",
    next: "Look at the new plan and approve again.",
  },
  ticket_required: {
    status: 422,
    title: "A ticket is required",
    next: "Name one in a Ticket: trailer, as push option, or in the field.",
  },

  // runs, state
  lease_lost: {
    status: 409,
    title: "The lease of this run is held by somebody else",
    next: "Nothing was stored. Stop; the state is kept as errored.tfstate.",
  },
  state_locked: { status: 423, title: "The state is locked", next: "Wait for the run that holds it." },
  state_refused: {
    status: 409,
    title: "The state was not accepted",
    next: "Nothing was stored. The message says what differs.",
  },
  state_file_wrong: {
    status: 422,
    title: "This file is not a state that can be taken over",
    next: "Give the file as terraform state pull (or tofu state pull) prints it. Nothing was stored.",
  },
  run_failed: { status: 500, title: "The run failed", next: "Read its log; retry, revert or fix forward." },
  engine_failed: { status: 500, title: "The engine ended with an error", next: "Its own message says where." },
  engine_too_old: {
    status: 409,
    title: "A newer engine has written the state",
    next: "Allow that version in plumbline.yaml, or accept one that is at least as new (plumb tools accept NAME VERSION).",
  },
  sandbox_unavailable: {
    status: 500,
    title: "The sandbox does not work on this machine",
    next: "Install bubblewrap and allow user namespaces, or set sandbox: none in the runner's configuration and say why.",
  },
  runner_refused: {
    status: 401,
    title: "The server does not take this runner",
    next: "Register it anew (plumb runners register NAME), put the new token into its configuration, and start it again.",
  },
  clock_wrong: {
    status: 500,
    title: "The clock of this machine is wrong",
    next: "Set it (timedatectl set-ntp true), then start again: clouds refuse what is signed at another time.",
  },
  time_limit: {
    status: 500,
    title: "A phase took longer than its limit",
    next: "Raise the limit, or make the workspace smaller.",
  },
  policy_unjudged: {
    status: 500,
    title: "The checks could not judge this plan",
    next: "Correct the policy named in the message. Until then the change is blocked.",
  },
} as const satisfies Record<string, { status: number; title: string; next: string }>;

/** A code of the catalogue. */
export type ProblemCode = keyof typeof catalogue;

/** Where in a file of a repository something is wrong. Lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column?: number;
}

/** An error of the catalogue. `message` says what is wrong and where; `next` says what to do. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly next: string;
  readonly places: Place[];
  /** Facts for programs, never secrets. */
  readonly data: Record<string, unknown>;

  constructor(code: ProblemCode, detail: string, more: ProblemMore = {}) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    const entry = catalogue[code];
    this.code = code;
    this.status = entry.status;
    this.title = entry.title;
    this.next = more.next ?? entry.next;
    this.places = more.places ?? [];
    this.data = more.data ?? {};
  }

  /** The body of an API answer and of `--json` errors; `requestId` is added by the server. */
  toJSON(): ProblemBody {
    return {
      code: this.code,
      title: this.title,
      detail: this.message,
      next: this.next,
      ...(this.places.length > 0 ? { places: this.places } : {}),
      ...(Object.keys(this.data).length > 0 ? { data: this.data } : {}),
    };
  }
}

/** What a problem may carry besides its code and message. */
export interface ProblemMore {
  next?: string;
  places?: Place[];
  data?: Record<string, unknown>;
  cause?: unknown;
}

/** How a problem travels as JSON. */
export interface ProblemBody {
  code: ProblemCode;
  title: string;
  detail: string;
  next: string;
  places?: Place[];
  data?: Record<string, unknown>;
  requestId?: string;
}

/** Makes an error of the catalogue: `throw problem("not_found", "There is no run 12.")`. */
export function problem(code: ProblemCode, detail: string, more?: ProblemMore): Problem {
  return new Problem(code, detail, more);
}
