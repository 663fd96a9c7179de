import { ago, exact } from "../../util/time.ts";
import { useNow } from "./use-now.ts";

/** "4 min ago" with the exact instant on hover; after a day the date. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at, now)}
    </time>
  );
}
