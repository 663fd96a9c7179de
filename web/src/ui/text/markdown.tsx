import { useMemo, type ReactNode } from "react";
import { parseMarkdown, type Block, type Inline } from "../../util/markdown.ts";
import { Link } from "./link.tsx";
import "./markdown.css";

/** A comment's text. Everything becomes elements made here; nothing of it reaches the page as HTML. */
export function Markdown({ source }: { source: string }) {
  const parsed = useMemo(() => parseMarkdown(source), [source]);
  return <div className="markdown">{parsed.map(block)}</div>;
}

function block(item: Block, key: number): ReactNode {
  switch (item.kind) {
    case "heading":
      return item.level <= 2 ? (
        <h3 key={key}>{item.children.map(inline)}</h3>
      ) : (
        <h4 key={key}>{item.children.map(inline)}</h4>
      );
    case "paragraph":
      return <p key={key}>{item.children.map(inline)}</p>;
    case "code":
      return (
        <pre key={key} tabIndex={0}>
          {item.text}
        </pre>
      );
    case "quote":
      return <blockquote key={key}>{item.children.map(block)}</blockquote>;
    case "rule":
      return <hr key={key} />;
    case "details":
      return (
        <details key={key}>
          <summary>{item.summary.map(inline)}</summary>
          {item.children.map(block)}
        </details>
      );
    case "list": {
      const items = item.items.map((children, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>{children.map(inline)}</li>
      ));
      return item.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
    }
    case "table":
      return <MarkdownTable key={key} table={item} />;
  }
}

function MarkdownTable({ table }: { table: Extract<Block, { kind: "table" }> }) {
  const side = (column: number) => (table.right[column] === true ? "markdown__right" : undefined);
  return (
    <div className="markdown__table" tabIndex={0} role="region" aria-label="Table">
      <table>
        <thead>
          <tr>
            {table.head.map((cell, column) => (
              // oxlint-disable-next-line react/no-array-index-key
              <th key={column} className={side(column)}>
                {cell.map(inline)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {row.map((cell, column) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={column} className={side(column)}>
                  {cell.map(inline)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(item: Inline, key: number): ReactNode {
  switch (item.kind) {
    case "text":
      return item.text;
    case "code":
      return <code key={key}>{item.text}</code>;
    case "bold":
      return <b key={key}>{item.children.map(inline)}</b>;
    case "italic":
      return <em key={key}>{item.children.map(inline)}</em>;
    case "link":
      return item.href.startsWith("/") ? (
        <Link key={key} href={item.href}>
          {item.children.map(inline)}
        </Link>
      ) : (
        <a key={key} href={item.href} rel="noreferrer">
          {item.children.map(inline)}
        </a>
      );
  }
}
