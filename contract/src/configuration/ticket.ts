import type { TicketRule } from "./configuration.ts";
import { unsafePattern } from "./pattern.ts";

/** The longest ticket that is looked at; bounds what a pattern can cost. */
const longestTicket = 100;

/** Whether the text is a ticket as the rule demands: the whole of it matches the pattern. */
export function ticketMatches(rule: TicketRule, text: string): boolean {
  if (text.length === 0 || text.length > longestTicket || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return false;
  if (rule.pattern === undefined) return true;
  if (unsafePattern(rule.pattern) !== undefined) return false;
  return new RegExp(`^(?:${rule.pattern})$`, "u").test(text);
}

/** The page of a ticket, or undefined where the rule names no address. */
export function ticketUrl(rule: TicketRule, text: string): string | undefined {
  return rule.url?.replaceAll("{ticket}", () => encodeURIComponent(text));
}
