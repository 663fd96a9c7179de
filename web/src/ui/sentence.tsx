/** "Next: dev encrypts the replica. Then owner approves.": the first sentence in bold. */
export function Sentence({ text, lead }: { text: string; lead?: string }) {
  const end = /[.:;](?=\s|$)/.exec(text);
  const cut = end === null ? text.length : end.index + 1;
  return (
    <>
      <b>
        {lead !== undefined && `${lead} `}
        {text.slice(0, cut)}
      </b>
      {text.slice(cut)}
    </>
  );
}
