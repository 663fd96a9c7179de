import { capital } from "../util/format.ts";
import "./acted-text.css";

/** "owner merged #127": the actor in bold where the sentence begins with him. */
export function ActedText({ actor, text }: { actor: string; text: string }) {
  return (
    <span className="acted-text">
      {text.startsWith(`${actor} `) ? (
        <>
          <b>{actor}</b>
          {text.slice(actor.length)}
        </>
      ) : (
        capital(text)
      )}
    </span>
  );
}
