/** Text from elsewhere inside Markdown: on one line, and nothing of it is markup, HTML, a link or a mention. */
export function markdownText(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\p{Cc}/gu, "\uFFFD")
    .replaceAll(/[&<>@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/[\\`*_{}[\]()#+!|~]/g, String.raw`\$&`)
    .replaceAll("://", "&#58;//");
}

/** Text as code inside a cell of a table. */
export function markdownCode(text: string): string {
  const line = text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\p{Cc}/gu, "\uFFFD")
    .replaceAll("|", String.raw`\|`);
  if (line.trim() === "") return "";
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
