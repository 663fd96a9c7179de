import { CopyButton } from "../buttons/copy-button.tsx";
import "./command-text.css";

/** Lines to be typed or kept, with a button that copies them. */
export function CommandText({ text, label }: { text: string; label: string }) {
  return (
    <div className="command-text">
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} />
    </div>
  );
}
