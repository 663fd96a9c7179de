import { CodeText } from "../../ui/text/code-text.tsx";
import { Glyph } from "../../ui/marks/glyph.tsx";

/** What a rule takes for wrong and for right, line by line. */
export function RuleExamples({ examples: { bad, good } }: { examples: { bad: string; good: string } }) {
  return (
    <>
      <Example title="Bad" tone="failed" text={bad} />
      <Example title="Good" tone="ok" text={good} />
    </>
  );
}

function Example({ title, tone, text }: { title: string; tone: "failed" | "ok"; text: string }) {
  return (
    <div className={`tone-${tone}`}>
      <div className="policy-rail__part policy-rail__verdict">
        <Glyph name={tone === "ok" ? "done" : "failed"} size={14} />
        <h3>{title}</h3>
      </div>
      <pre className="policy-rail__example" tabIndex={0}>
        {text
          .trimEnd()
          .split("\n")
          .map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <span key={index} className="policy-rail__line">
              <CodeText text={line} />
              {"\n"}
            </span>
          ))}
      </pre>
    </div>
  );
}
