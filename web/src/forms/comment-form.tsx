import { Textarea } from "@mantine/core";
import { useState } from "react";
import { problemOf } from "../api/api-error.ts";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";

/** Says something on the whole pull request or on a line. */
export function CommentForm({
  number,
  file,
  line,
  reason = null,
  onDone,
}: {
  number: number;
  file?: string;
  line?: number;
  reason?: string | null;
  onDone?: () => void;
}) {
  const [body, setBody] = useState("");
  const say = useAct("addComment", () => {
    setBody("");
    onDone?.();
  });
  return (
    <form
      className="stack"
      style={{ gap: 8 }}
      onSubmit={(event) => {
        event.preventDefault();
        say.mutate({
          params: { number },
          body: { body, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) },
        });
      }}
    >
      <Textarea
        aria-label={line === undefined ? "Comment" : `Comment on line ${line}`}
        placeholder={line === undefined ? "Say something. Markdown works." : `On line ${line}. Markdown works.`}
        autosize
        minRows={2}
        maxRows={12}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        error={say.error === null ? undefined : problemOf(say.error).detail}
      />
      <div className="wrap" style={{ justifyContent: "flex-end" }}>
        {onDone !== undefined && <Button onClick={onDone}>Close</Button>}
        <Button
          type="submit"
          variant="primary"
          busy={say.isPending}
          reason={reason ?? (body.trim() === "" ? "There is nothing to say yet." : null)}
        >
          Comment
        </Button>
      </div>
    </form>
  );
}
