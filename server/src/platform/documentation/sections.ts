import { Lexer } from "marked";
import type { Token, Tokens } from "marked";
import type { Section } from "./page.ts";

/**
 * The navigation, as the index page has it: each heading below its title, with the links that begin the items of the
 * lists beneath it. `addressOf` answers where a link leads.
 */
export function sectionsOf(index: string, addressOf: (target: string) => string | undefined): Section[] {
  const sections: Section[] = [];
  for (const token of Lexer.lex(index)) {
    if (isHeading(token) && token.depth === 2) sections.push({ title: token.text, entries: [] });
    if (!isList(token)) continue;
    for (const item of token.items) {
      const link = firstLink(item.tokens);
      const address = link === undefined ? undefined : addressOf(link.href);
      if (link !== undefined && address !== undefined) sections.at(-1)?.entries.push({ title: link.text, address });
    }
  }
  return sections.filter(({ entries }) => entries.length > 0);
}

function firstLink(tokens: readonly Token[]): Tokens.Link | undefined {
  for (const token of tokens) {
    if (isLink(token)) return token;
    const inside = "tokens" in token && token.tokens !== undefined ? firstLink(token.tokens) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === "heading";
const isList = (token: Token): token is Tokens.List => token.type === "list";
const isLink = (token: Token): token is Tokens.Link => token.type === "link";
