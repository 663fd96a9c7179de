import { hclTokens } from "../../util/hcl.ts";
import "./code-text.css";

/** A line of HCL, lightly coloured. */
export function CodeText({ text }: { text: string }) {
  return (
    <>
      {hclTokens(text).map((token, index) =>
        token.kind === "plain" ? (
          token.text
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className={`code-${token.kind}`}>
            {token.text}
          </span>
        ),
      )}
    </>
  );
}
