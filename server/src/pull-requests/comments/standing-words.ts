import type { Finding } from "@plumbline/contract";

/** How a finding stands with the gate, as a sentence; empty where it is just new. Dates are days in UTC. */
export function standingWords({ standing, owners, firstSeenAt }: Finding): string {
  if (standing === undefined) return "";
  const { kind, blocks, until, waiver } = standing;
  const since = firstSeenAt === undefined ? "" : ` since ${day(firstSeenAt)}`;
  const who = owners === undefined || owners.length === 0 ? "" : ` Owner: ${owners.join(", ")}.`;
  switch (kind) {
    case "new":
      return "";
    case "touched":
      return `It was there before${since}; this change touches it, so it counts.`;
    case "baseline":
      if (blocks) return `It was there before${since}; here old findings block too.${who}`;
      return until === undefined
        ? `It was there before${since}.`
        : `It was there before${since} and is not touched: it blocks from ${day(until)} on.${who}`;
    case "overdue":
      return `It was there before${since}; its time was over on ${until === undefined ? "its date" : day(until)}, so it blocks.${who}`;
    case "waived":
      return `Waived to the end of ${waiver?.expires ?? ""} (${waiver?.ticket ?? ""}, ${waiver?.owner ?? ""}): ${waiver?.reason ?? ""}`;
    case "expired-waiver":
      return `Its waiver (${waiver?.ticket ?? ""}, ${waiver?.owner ?? ""}) has expired on ${waiver?.expires ?? ""}, so it blocks again: mend it, or have the waiver prolonged by a pull request.`;
  }
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
