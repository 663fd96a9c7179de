import { CodeText } from "../../ui/text/code-text.tsx";
import { FilePlace } from "../../ui/text/file-place.tsx";
import { classes } from "../../util/format.ts";
import { isOfCode, placeText, sourceWords } from "../workspace/source-words.ts";
import type { ParityRow } from "./parity-words.ts";

/** A thing in one environment: the value, where it is written, and the reason where it is not the row's own. */
export function ParityCell({
  environment,
  cell,
  repository,
  pin,
  reasonShown,
}: {
  repository: string;
  /** The commit that the environment's code is pinned to. */
  pin: string | undefined;
  environment: string;
  cell: ParityRow["cells"][number] | undefined;
  /** What the row says already; false where it says no reason. */
  reasonShown: string | false;
}) {
  const origin = cell?.origin ?? null;
  const place = origin === null ? null : placeText(origin);
  const why = origin?.why ?? null;
  return (
    <td className={classes("parity__cell", cell?.wanting === true && "parity__cell--wanting")}>
      <span className="parity__environment note" aria-hidden="true">
        {environment}
      </span>
      {cell === undefined || cell.text === null ? (
        <span className="dim">none</span>
      ) : origin === null || origin.value === null ? (
        <span className="parity__value">{cell.text}</span>
      ) : (
        <code className="parity__value">
          <CodeText text={cell.text.replaceAll(/\s+/g, " ")} />
        </code>
      )}
      {origin !== null && (
        <span className="parity__place small" title={origin.file ?? undefined}>
          {sourceWords[origin.source]}
          {place !== null && origin.file !== null && (
            <>
              ,{" "}
              <FilePlace
                repository={repository}
                file={origin.file}
                line={origin.line}
                commit={isOfCode(origin) ? pin : undefined}
              >
                {place}
              </FilePlace>
            </>
          )}
        </span>
      )}
      {why !== null && why !== reasonShown && <span className="parity__reason note">{why}</span>}
    </td>
  );
}
