import { Marked } from "marked";
import type { Tokens } from "marked";

/** A heading of a page: 1 is the page's title. */
export interface Heading {
  level: number;
  text: string;
  anchor: string;
}

/** A page as HTML, and what its navigation needs. */
export interface RenderedMarkdown {
  html: string;
  headings: Heading[];
}

/**
 * Renders GitHub's Markdown. HTML inside it is shown as the text it is, and comments are left out. `addressOf` answers
 * where a link or picture leads; a link for which it answers undefined becomes plain text.
 */
export function renderMarkdown(source: string, addressOf: (target: string) => string | undefined): RenderedMarkdown {
  const headings: Heading[] = [];
  const anchors = new Map<string, number>();
  const marked = new Marked({
    gfm: true,
    async: false,
    renderer: {
      heading({ tokens, text, depth }) {
        const wanted = anchorOf(text);
        const seen = anchors.get(wanted) ?? 0;
        anchors.set(wanted, seen + 1);
        const anchor = seen === 0 ? wanted : `${wanted}-${seen}`;
        headings.push({ level: depth, text: text.replaceAll(/[`*]/g, ""), anchor });
        const id = escapeHtml(anchor);
        const self = depth === 1 ? "" : ` <a class="self" href="#${id}" aria-label="Link to this section">#</a>`;
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}${self}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = addressOf(href);
        return address === undefined ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
      },
      image({ href, text }) {
        const address = addressOf(href);
        return address === undefined
          ? escapeHtml(text)
          : `<a class="picture" href="${escapeHtml(address)}"><img src="${escapeHtml(address)}" alt="${escapeHtml(text)}"></a>`;
      },
      html({ text }: Tokens.HTML | Tokens.Tag) {
        return escapeHtml(text.replaceAll(/<!--[\s\S]*?-->/g, ""));
      },
      code({ text }) {
        return `<pre tabindex="0"><code>${escapeHtml(text)}\n</code></pre>\n`;
      },
    },
  });
  const html = marked.parse(source, { async: false });
  const wide = html.replaceAll("<table>", '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>');
  return { html: wide.replaceAll("</table>", "</table></div>"), headings };
}

/** The anchor that Git hosts give a heading. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "");
  return words.trim().replaceAll(/\s/g, "-");
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
