import { problem } from "@plumbline/contract";
import type { Problem } from "@plumbline/contract";
import pg from "pg";

const unknownAuthority: (place: Place) => [detail: string, next: string] = () => [
  "Nobody whom this machine knows has signed its certificate.",
  "Name its certificate authority in database.url: …&sslrootcert=/etc/plumbline/db-ca.pem",
];

/** What PostgreSQL, or the way to it, says with these codes: a sentence about it, and what to do. */
const known: Readonly<Record<string, (place: Place) => [detail: string, next: string]>> = {
  ECONNREFUSED: ({ at }) => [`Nothing listens at ${at}.`, "Start the database, or correct database.url."],
  ENOENT: ({ at }) => [`Nothing listens at ${at}.`, "Start the database, or correct database.url."],
  ENOTFOUND: ({ at }) => [`There is no host ${at}.`, "Correct the host in database.url, or the name service."],
  EAI_AGAIN: ({ at }) => [
    `The name of ${at} cannot be looked up just now.`,
    "Correct the name service of this machine.",
  ],
  ETIMEDOUT: ({ at }) => [`${at} does not answer.`, "Look whether a firewall is between, and whether it runs."],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ at }) => [
    `Its certificate is for another name than that in ${at}.`,
    "Use the name of the certificate in database.url, or give it one for this name.",
  ],
  CERT_HAS_EXPIRED: () => ["Its certificate has expired.", "Renew it, and restart the database."],
  "28P01": ({ user }) => [`It refuses the password of ${user}.`, "Correct the password in database.url."],
  "28000": ({ user }) => [
    `It does not let ${user} in from here.`,
    "Add a line for this user, database and address to its pg_hba.conf, and correct database.url.",
  ],
  "3D000": ({ database, user }) => [
    `There is no database “${database}”.`,
    `Make it: create database ${database} owner ${user};`,
  ],
  "53300": () => ["It has no connection to spare.", "Raise its max_connections, or lower database.poolSize."],
  "57P03": () => ["It is starting up.", "Wait for it; systemd starts the server again by itself."],
  "42501": ({ user }) => [
    `${user} lacks a right that the installation of the schema needs.`,
    `The user of database.url has to own the database and to be allowed to create roles: alter role ${user} createrole; alter database … owner to ${user};`,
  ],
};

interface Place {
  at: string;
  user: string;
  database: string;
}

/** Why the database cannot be used, as a problem that names neither password nor URL. */
export function databaseProblem(cause: unknown, config: pg.ClientConfig): Problem {
  const place = partsOf(config);
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = cause instanceof Error ? cause.message : String(cause);
  const isLate = /timeout|timed out/i.test(message);
  const described = known[isLate ? "ETIMEDOUT" : code]?.(place);
  if (described === undefined)
    return problem("database_unavailable", `The database at ${place.at} cannot be used: ${message}`, { cause });
  const [detail, next] = described;
  const said = code === "42501" ? ` It says: ${message}.` : "";
  return problem("database_unavailable", `The database at ${place.at} cannot be used. ${detail}${said}`, {
    cause,
    next,
  });
}

/** The database that a connection leads to, for people: host, port and name. */
export function placeOf(config: pg.ClientConfig): string {
  const { at, database } = partsOf(config);
  return `${database} at ${at}`;
}

/** As `pg` itself understands the URL; nothing is connected by asking. */
function partsOf(config: pg.ClientConfig): Place {
  const { host, port, user, database } = new pg.Client(config);
  return { at: `${host}:${port}`, user: user ?? "its user", database: database ?? "plumbline" };
}
