import type { AnswerOf } from "../../api/endpoints.ts";
import { More } from "../../ui/lists/more.tsx";
import { count } from "../../util/format.ts";

/** Below the rows of a large matrix: which of how many they are, and the way to the others. */
export function RowsFoot({
  shown,
  matrix,
  all,
  onAll,
  query,
}: {
  /** How many rows there are above. */
  shown: number;
  matrix: AnswerOf<"getOverview">["matrix"];
  /** Whether all are shown, not only those that need somebody. */
  all: boolean;
  onAll: (all: boolean) => void;
  query: Parameters<typeof More>[0]["query"];
}) {
  if (!matrix.folded && !all) return null;
  const troubled = matrix.total - matrix.inSync;
  const more = troubled > shown && !all ? ` The ${shown} worst of ${count(troubled, "component")} are shown.` : "";
  return (
    <>
      {all && <More query={query} />}
      <p className="matrix__rest" role="status">
        {all
          ? `${shown} of ${count(matrix.total, "component")}, as main declares them.`
          : `${count(matrix.inSync, "component")} ${matrix.inSync === 1 ? "is" : "are"} in sync everywhere.${more}`}{" "}
        <button type="button" className="matrix__fold" aria-expanded={all} onClick={() => onAll(!all)}>
          {all ? "Show only what needs somebody" : `Show all ${matrix.total}`}
        </button>
      </p>
    </>
  );
}
