import { Banner } from "../../ui/layout/banner.tsx";
import { ButtonLink } from "../../ui/buttons/button-link.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { Sentence } from "../../ui/text/sentence.tsx";
import { moveFocus } from "../../util/keys.ts";
import { pathTo } from "../../util/path-builder.ts";
import { pullRequestWords } from "../state-words.ts";
import type { PullRequest } from "./types.ts";

/** Ends of an apply that somebody has to do something about, which is done on the run's page. */
const stuck = new Set<string | null>(["failed", "canceled", "expired", "held"]);

/** What comes next and who can do it, with the button for it, or the way to where it is done. */
export function NextStep({ pullRequest, onApprove }: { pullRequest: PullRequest; onApprove: () => void }) {
  const { tone, glyph } = pullRequestWords[pullRequest.state];
  return (
    <Banner tone={tone} glyph={glyph} action={actionOf(pullRequest, onApprove)}>
      <Sentence text={pullRequest.sentence} />
    </Banner>
  );
}

function actionOf({ affected, waitsForMe, can, repository }: PullRequest, onApprove: () => void) {
  if (affected.some(({ blocking }) => blocking > 0))
    return (
      <Button variant="primary" onClick={() => moveFocus("main [data-finding]", 1)}>
        Show the finding
      </Button>
    );
  if (waitsForMe && can.approve.allowed)
    return (
      <Button variant="primary" onClick={onApprove}>
        Approve
      </Button>
    );
  const unknown = affected.find(({ applyStatus }) => applyStatus === "unknown");
  if (unknown !== undefined)
    return (
      <ButtonLink href={pathTo.workspace({ repository, name: unknown.workspace })}>Open {unknown.workspace}</ButtonLink>
    );
  const run = affected.find(({ applyStatus }) => stuck.has(applyStatus))?.applyRun ?? null;
  return run === null ? undefined : <ButtonLink href={pathTo.run(run)}>Open run {run}</ButtonLink>;
}
