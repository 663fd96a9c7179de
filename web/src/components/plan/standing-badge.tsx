import type { Finding } from "@plumbline/contract/findings";
import { Badge } from "../../ui/marks/badge.tsx";
import { useNow } from "../../ui/text/use-now.ts";
import { standingBadge } from "./standing-words.ts";

/** How a finding stands with the gate: new, touched, in the baseline until when, waived until when. */
export function StandingBadge({ standing }: { standing: NonNullable<Finding["standing"]> }) {
  const { words, tone } = standingBadge(standing, useNow());
  return <Badge tone={tone}>{words}</Badge>;
}
