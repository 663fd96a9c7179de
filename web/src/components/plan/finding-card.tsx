import { afterApply } from "@plumbline/contract/findings";
import type { Finding } from "@plumbline/contract/findings";
import { useNow } from "../../ui/text/use-now.ts";
import { StandingBadge } from "./standing-badge.tsx";
import { PatchLines } from "./patch-lines.tsx";
import { standingSentence } from "./standing-words.ts";
import { CodeText } from "../../ui/text/code-text.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import { classes } from "../../util/format.ts";
import "./finding-card.css";

/** What a check found: severity, what, rule; why in one sentence; where the value comes from, the cause last; the fix. */
export function FindingCard({ finding }: { finding: Finding }) {
  const { severity, title, rule, controls, why, fix, chain, place, source, seenBy = [], standing, patch } = finding;
  const seen = seenBy.length > 1 ? [`seen by ${seenBy.join(", ")}`] : source === "plumbline" ? [] : [source];
  const after = afterApply(finding);
  const stands = standingSentence(finding, useNow());
  const steps = chain.length > 0 ? chain : place === undefined ? [] : [place];
  return (
    <article className={`finding tone-${severity}`} data-finding="" tabIndex={-1} aria-label={`${severity}: ${title}`}>
      <header className="finding__head">
        <SeverityBadge severity={severity} />
        <h3>{title}</h3>
        {standing !== undefined && <StandingBadge standing={standing} />}
        <code>{rule}</code>
        <span className="finding__controls">{[...controls, ...seen].join(", ")}</span>
      </header>
      <div className="finding__body">
        {stands !== undefined && <p className="finding__standing">{stands}</p>}
        {after !== undefined && <p>{`${after.charAt(0).toUpperCase()}${after.slice(1)}.`}</p>}
        <p>
          {why}
          {steps.length > 0 && " The value comes from:"}
        </p>
        {steps.length > 0 && (
          <ol className="finding__chain">
            {steps.map((step, index) => (
              <li key={`${step.file}:${step.line}`} className={classes(index === steps.length - 1 && "finding__cause")}>
                <code className="finding__place">
                  {step.file}:<b>{step.line}</b>
                </code>
                {step.text !== undefined && (
                  <code className="finding__code">
                    <CodeText text={step.text} />
                  </code>
                )}
              </li>
            ))}
          </ol>
        )}
      </div>
      <footer className="finding__foot">
        <b>Fix</b> {fix}
        {patch !== undefined && <PatchLines patch={patch} />}
      </footer>
    </article>
  );
}
