import "./avatar.css";

/** The first two letters of a name in a circle; the name stands beside it. */
export function Avatar({ name }: { name: string }) {
  return <span className="avatar" aria-hidden="true" data-letters={name.slice(0, 2).toUpperCase()} />;
}
