import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { Button } from "./button.tsx";

/** Copies a text; says so in place. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button icon={copied ? IconCheck : IconCopy} onClick={() => void copy()}>
      {copied ? "Copied" : label}
    </Button>
  );
}
