import type { ChangeCounts, UiEvent } from "./ui-events.ts";

/** An event of the engine as lines for a person reading a log. Nothing for what is only for programs. */
export function uiText(event: UiEvent): string[] {
  if (event.type === "diagnostic") {
    const { severity, summary, detail, address, range } = event.diagnostic;
    const place = range ? `  on ${range.file} line ${range.line}` : undefined;
    return [
      `${severity === "error" ? "Error" : "Warning"}: ${summary}`,
      ...(place ? [place + (address ? `, in ${address}` : "")] : address ? [`  with ${address}`] : []),
      ...(detail ? detail.split("\n").map((line) => `  ${line}`) : []),
    ].flatMap((line) => line.split("\n"));
  }
  if (event.type === "version") return [];
  const message = event.raw["@message"];
  return typeof message === "string" ? message.split("\n") : [];
}

/** `2 to add, 1 to change` or `no changes`: what a plan's summary says in one line. */
export function countsText(counts: ChangeCounts): string {
  const parts = [
    counts.import > 0 ? `${counts.import} to import` : "",
    counts.add > 0 ? `${counts.add} to add` : "",
    counts.change > 0 ? `${counts.change} to change` : "",
    counts.remove > 0 ? `${counts.remove} to destroy` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "no changes";
}
