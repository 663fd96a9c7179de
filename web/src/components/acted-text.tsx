import "./acted-text.css";

/** "owner merged #127": the actor in bold; the text may begin with the actor or leave him out. */
export function ActedText({ actor, text }: { actor: string; text: string }) {
  const system = actor === "system" || actor === "plumbline";
  if (text.startsWith(`${actor} `))
    return (
      <span className="acted-text">
        <b>{actor}</b>
        {text.slice(actor.length)}
      </span>
    );
  return (
    <span className="acted-text">
      {system || /^[A-Z0-9#]/.test(text) ? (
        text
      ) : (
        <>
          <b>{actor}</b> {text}
        </>
      )}
    </span>
  );
}
