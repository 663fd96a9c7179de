import { escapeHtml } from "./markdown.ts";
import type { Heading } from "./markdown.ts";

/** A link of the navigation. */
export interface Entry {
  title: string;
  address: string;
}

/** A part of the navigation: a heading of the index and the pages that it lists. */
export interface Section {
  title: string;
  entries: Entry[];
}

/** A page of the documentation. */
export interface Page {
  title: string;
  /** The article, as HTML. */
  html: string;
  headings: readonly Heading[];
  address: string;
  /** The file it was made from, from the checkout's root. */
  source: string;
}

/** The whole HTML document around an article: head, navigation, footer. `fonts` says whether the web pages' fonts can be had. */
export function renderPage(page: Page, sections: readonly Section[]): string {
  const own = page.headings.filter(({ level }) => level === 2);
  const inside = own.map(({ anchor, text }) => `<li><a href="#${escapeHtml(anchor)}">${escapeHtml(text)}</a></li>`);
  const below = inside.length > 1 ? `<ul class="inside">${inside.join("")}</ul>` : "";
  const item = ({ title, address }: Entry) => {
    const current = address === page.address;
    const mark = current ? ' aria-current="page"' : "";
    return `<li><a href="${escapeHtml(address)}"${mark}>${escapeHtml(title)}</a>${current ? below : ""}</li>`;
  };
  const listed = sections.some(({ entries }) => entries.some(({ address }) => address === page.address));
  const alone = listed || below === "" ? "" : `<h2>On this page</h2>${below}`;
  const navigation = sections.map(
    ({ title, entries }) => `<h2>${escapeHtml(title)}</h2><ul>${entries.map(item).join("")}</ul>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(page.title)} – Plumbline</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/docs/style.css"><script src="/theme.js"></script></head>
<body><a class="skip" href="#content">Skip to the text</a>
<header><a class="logo" href="/docs">${logo}<span>Plumbline</span> <span class="dim">documentation</span></a>
<nav aria-label="Elsewhere"><a class="contents" href="#navigation">Contents</a><a href="/">Open Plumbline</a></nav></header>
<div class="columns"><main id="content" tabindex="-1"><article>${page.html}</article>
<footer>${escapeHtml(page.source)}</footer></main>
<nav id="navigation" aria-label="Documentation">${alone}${navigation.join("")}</nav></div></body></html>
`;
}

const logo =
  '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.75"><path d="M5 2.5h14M12 2.5v9"/><path class="brass" d="M9.4 10.6h5.2v2.2l-.9 1.6L12 22l-1.7-7.6-.9-1.6z"/></svg>';
