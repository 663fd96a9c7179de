import { problemOf } from "../api/api-error.ts";
import { Failure } from "../ui/failure.tsx";

/** A page that could not be shown at all. */
export function PageFailure({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <div style={{ padding: 24 }}>
      <h1 className="hidden-text">This page failed</h1>
      <Failure problem={problemOf(error)} onRetry={reset ?? (() => location.reload())} />
    </div>
  );
}
