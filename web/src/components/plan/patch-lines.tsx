import type { Patch } from "@plumbline/contract/findings";
import { CodeText } from "../../ui/text/code-text.tsx";
import "./patch-lines.css";

/** What mends a finding: the lines as they are and as they shall be. */
export function PatchLines({ patch: { file, startLine, before, lines } }: { patch: Patch }) {
  const changed = [
    ...before.map((text, index) => ({ key: `-${index}`, sign: "-", text })),
    ...lines.map((text, index) => ({ key: `+${index}`, sign: "+", text })),
  ];
  return (
    <figure className="patch-lines" aria-label={`Suggested change of ${file}, line ${startLine}`}>
      <figcaption>
        {file}:<b>{startLine}</b>
      </figcaption>
      <pre>
        {changed.map(({ key, sign, text }) => (
          <code key={key} className={sign === "+" ? "patch-lines__added" : "patch-lines__removed"}>
            <span>{sign}</span>
            <CodeText text={text} />
          </code>
        ))}
      </pre>
    </figure>
  );
}
