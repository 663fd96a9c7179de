/** A line of CSV as RFC 4180 has it; what begins like a formula is made harmless. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Text within HTML, or within an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A page that stands by itself and prints well: no script, no address outside of it. `body` is HTML. */
export function printedPage(title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body { font: 10pt/1.4 system-ui, sans-serif; margin: 2em; color: #1c2024; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #c4c9d0; padding: 4px 6px; text-align: left; vertical-align: top; }
thead th { background: #eef0f3; }
tr { break-inside: avoid; }
ul { margin: 2px 0; padding-left: 1.2em; }
code { overflow-wrap: anywhere; font-weight: 400; }
${style}
</style>
</head>
<body>
${body}
</body>
</html>
`;
}
