/** Text as a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** The same, as code. */
export function code(text: string): string {
  return `\`${cell(text)}\``;
}
