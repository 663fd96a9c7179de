import { capital } from "../util/format.ts";
import "./acted-text.css";

/** What a sentence may begin with: "Run 1893 applies database/test". */
const subject = /^(?:run|case|drift case|pull request) #?\d+/i;

/** "owner merged #127": who or what the sentence begins with stands in bold. */
export function ActedText({ actor, text }: { actor: string; text: string }) {
  const bold = text.startsWith(`${actor} `) ? actor : capital(subject.exec(text)?.[0] ?? "");
  return (
    <span className="acted-text">
      {bold === "" ? (
        capital(text)
      ) : (
        <>
          <b>{bold}</b>
          {text.slice(bold.length)}
        </>
      )}
    </span>
  );
}
