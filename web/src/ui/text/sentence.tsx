/** "6 findings block in database/dev. Then owner approves.": the first sentence in bold. */
export function Sentence({ text }: { text: string }) {
  const end = /\.(?=\s|$)/.exec(text);
  const cut = end === null ? text.length : end.index + 1;
  return (
    <>
      <b>{text.slice(0, cut)}</b>
      {text.slice(cut)}
    </>
  );
}
