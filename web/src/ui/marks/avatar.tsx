import "./avatar.css";

/** Two letters of a name in a circle, the second its number where it ends with one; the name stands beside it. */
export function Avatar({ name }: { name: string }) {
  return <span className="avatar" aria-hidden="true" data-letters={lettersOf(name)} />;
}

function lettersOf(name: string): string {
  const number = /[0-9]$/.exec(name)?.[0];
  return (name.slice(0, 1) + (number ?? name.slice(1, 2))).toUpperCase();
}
