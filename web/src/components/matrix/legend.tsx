import { severities } from "@plumbline/contract/findings";
import { Glyph, type GlyphName } from "../../ui/marks/glyph.tsx";
import { SeverityBars } from "../../ui/marks/severity.tsx";
import type { Tone } from "../../ui/marks/tone.ts";
import "./legend.css";

const states: [GlyphName, string, Tone][] = [
  ["in_sync", "in sync", "ok"],
  ["drifted", "drifted", "critical"],
  ["running", "running", "chalk"],
  ["held", "held", "held"],
  ["failed", "failed", "failed"],
  ["frozen", "frozen", "frozen"],
  ["never_applied", "never applied", "ink"],
  ["unknown", "unknown", "ink"],
];

/** What shapes and colours mean. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Legend">
      {states.map(([glyph, word, tone]) => (
        <li key={word} className={`tone-${tone}`}>
          <Glyph name={glyph} size={14} />
          {word}
        </li>
      ))}
      <li className="legend__gap" aria-hidden="true" />
      {severities.toReversed().map((severity) => (
        <li key={severity}>
          <SeverityBars severity={severity} size={12} />
          {severity}
        </li>
      ))}
    </ul>
  );
}
