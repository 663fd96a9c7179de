import type { DisplayValue } from "@plumbline/contract/plan-view";
import "./value.css";

/** A value of a plan. Sensitive ones never reach the page. */
export function Value({ value }: { value: DisplayValue }) {
  switch (value.kind) {
    case "value":
      return (
        <span className="value">
          {value.text}
          {value.shortened === true && <span className="value__word"> shortened</span>}
        </span>
      );
    case "unknown":
      return <span className="value__word">known after apply</span>;
    case "sensitive":
      return <span className="value__word">sensitive, not shown</span>;
    case "absent":
      return <span className="value__word">not set</span>;
  }
}

/** "old → new", the old one struck; only what there is where one side is absent. */
export function Change({ before, after }: { before: DisplayValue; after: DisplayValue }) {
  if (before.kind === "absent") return <Value value={after} />;
  const old =
    before.kind === "value" ? <del className="value value--old">{before.text}</del> : <Value value={before} />;
  if (after.kind === "absent") return old;
  return (
    <>
      {old} <span aria-hidden="true">→</span> <span className="hidden-text">becomes</span>
      {after.kind === "value" ? <ins className="value value--new">{after.text}</ins> : <Value value={after} />}
    </>
  );
}
