import type { Db } from "../platform/database/pools.ts";
import type { Log } from "../platform/log.ts";
import type { Sealing } from "../platform/sealing/index.ts";

/** What notifications need from outside. */
export interface NotificationContext {
  db: Db;
  newId: () => string;
  log: Log;
  sealing: Sealing;
  publicUrl: string;
  /** Webhooks to loopback and private networks are refused unless the configuration allows them. */
  allowPrivateTargets: boolean;
  /** Seconds one delivery may take. */
  timeout: number;
  /** How often a failed delivery is tried, with growing pauses. */
  attempts: number;
  /** Sends a mail; absent where no mail server is configured. */
  sendMail?: ((mail: { to: string; subject: string; text: string }) => Promise<void>) | undefined;
}
