import type { LiveState } from "../../api/live.ts";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { clock } from "../../util/time.ts";
import "./live-strip.css";

/** Says that the live connection is lost, and since when; nothing while it works. */
export function LiveStrip({ live }: { live: LiveState }) {
  return (
    <div role="status">
      {live.kind === "lost" && (
        <div className="live-strip tone-medium">
          <Glyph name="unknown" />
          Live connection lost at {clock(new Date(live.since).toISOString(), true)}. What you see is from then; the page
          tries again and catches up by itself.
        </div>
      )}
    </div>
  );
}
