import type { AnswerOf } from "../../api/endpoints.ts";
import { Glyph, type GlyphName } from "../../ui/marks/glyph.tsx";
import type { Tone } from "../../ui/marks/tone.ts";
import { useNow } from "../../ui/text/use-now.ts";
import { capital, count } from "../../util/format.ts";
import { duration } from "../../util/time.ts";
import "./stepper.css";

type Run = AnswerOf<"getRun">;
type Phase = Run["phases"][number];

type Shape = { glyph: GlyphName; tone: Tone; word: string };

const shapes: Record<Phase["outcome"], Shape> = {
  waiting: { glyph: "waits", tone: "ink", word: "waits" },
  running: { glyph: "running", tone: "chalk", word: "running" },
  ok: { glyph: "done", tone: "ok", word: "done" },
  failed: { glyph: "failed", tone: "failed", word: "failed" },
  canceled: { glyph: "skipped", tone: "ink", word: "canceled" },
  skipped: { glyph: "skipped", tone: "ink", word: "skipped" },
};

/** A phase that was under way when its runner was heard of last: it neither runs nor ended. */
const lost: Shape = { glyph: "unknown", tone: "frozen", word: "unknown" };

/** How far a phase is: done 1, not begun 0, an apply by its resources; undefined where nobody can say. */
function fraction(phase: Phase, progress: Run["progress"]): number | undefined {
  if (phase.outcome === "waiting") return 0;
  if (phase.outcome !== "running") return 1;
  return phase.phase === "apply" && progress !== null && progress.total > 0
    ? progress.done / progress.total
    : undefined;
}

/** What is said of a phase that has said nothing itself. */
function lineOf({ phase, outcome }: Phase, progress: Run["progress"]): string | undefined {
  if (outcome === "skipped" || outcome === "waiting") return shapes[outcome].word;
  return outcome === "running" && phase === "apply" && progress !== null
    ? `${progress.done} of ${count(progress.total, "resource")}`
    : undefined;
}

/** The five phases of a run with time, one line of result and progress at the bottom edge; skipped ones show. */
export function Stepper({ run }: { run: Run }) {
  const now = useNow(1_000);
  return (
    <ol className="stepper" aria-label="Phases">
      {run.phases.map((phase) => {
        const isLost = phase.outcome === "running" && run.status === "unknown";
        const { glyph, tone, word } = isLost ? lost : shapes[phase.outcome];
        const running = phase.outcome === "running" && !isLost;
        const seconds =
          running && phase.startedAt !== null && phase.seconds === null
            ? (now - Date.parse(phase.startedAt)) / 1000
            : phase.seconds;
        const done = fraction(phase, run.progress);
        return (
          <li
            key={phase.phase}
            className={`stepper__phase stepper__phase--${isLost ? "lost" : phase.outcome} stepper__phase--${phase.phase} tone-${tone}`}
            aria-current={running ? "step" : undefined}
          >
            <Glyph name={glyph} />
            <div className="stepper__text">
              <div className="stepper__head">
                <b>{phase.phase}</b>
                <span className="hidden-text">{word}</span>
                {seconds !== null && <span>{duration(Math.round(seconds * 10) / 10)}</span>}
              </div>
              <p className="note">{capital(phase.line ?? lineOf(phase, run.progress) ?? "")}</p>
            </div>
            <span className="stepper__edge">
              <span style={{ width: `${100 * (done ?? 0.5)}%` }} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
