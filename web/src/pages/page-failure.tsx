import { problemOf } from "../api/api-error.ts";
import { Failure } from "../ui/loading/failure.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";

/** A page that could not be shown at all. */
export function PageFailure({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <>
      <PageHead
        title="This page cannot be shown"
        sentence="Nothing was changed by that. Load it again; if it stays so, an administrator finds the reason by what stands below."
      />
      <Failure problem={problemOf(error)} onRetry={reset ?? (() => location.reload())} />
    </>
  );
}
