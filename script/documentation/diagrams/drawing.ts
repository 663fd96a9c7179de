/** A colour by what it means; each has a form for light and one for dark pages. */
export type Tone = "plain" | "chalk" | "ok" | "held" | "failed" | "brass";

/** A box with a title and further lines, in pixels from the upper left corner. */
export interface Box {
  kind: "box";
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  lines?: readonly string[];
  tone?: Tone;
}

/** A line through points with a head at its end, and words beside it. */
export interface Arrow {
  kind: "arrow";
  points: readonly (readonly [number, number])[];
  label?: string;
  /** Where the words stand; in the middle of the first stretch where nothing is said. */
  at?: readonly [number, number];
  dashed?: boolean;
  tone?: Tone;
}

/** A frame around things that belong together. */
export interface Zone {
  kind: "zone";
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
}

/** Words by themselves. */
export interface Words {
  kind: "words";
  x: number;
  y: number;
  text: string;
  align?: "start" | "middle" | "end";
}

/** A diagram: `title` and `description` are what is read out where it cannot be seen. */
export interface Diagram {
  width: number;
  height: number;
  title: string;
  description: string;
  shapes: readonly (Box | Arrow | Zone | Words)[];
}

const colours: Record<Tone, readonly [light: string, dark: string, lightTint: string, darkTint: string]> = {
  plain: ["#c6ced5", "#3a444e", "#ffffff", "#13171b"],
  chalk: ["#2252cc", "#86aaff", "#eaf0fe", "#152242"],
  ok: ["#0a7557", "#52c89e", "#e8f5f0", "#10271f"],
  held: ["#6a3dc2", "#b99dff", "#f2edfc", "#231b3b"],
  failed: ["#be1f2d", "#ff7f86", "#fceced", "#351619"],
  brass: ["#a97a1f", "#d9a94a", "#faf2da", "#2b2410"],
};

/** The diagram as SVG that follows the theme of whoever looks at it. */
export function drawDiagram({ width, height, title, description, shapes }: Diagram): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(description)}</desc>
<style>${style()}</style>
<defs>${tones.map(marker).join("")}</defs>
<rect class="page" width="${width}" height="${height}" rx="8"/>
${shapes.map(draw).join("\n")}
</svg>
`;
}

const tones = Object.keys(colours) as Tone[];

function draw(shape: Diagram["shapes"][number]): string {
  switch (shape.kind) {
    case "box":
      return drawBox(shape);
    case "arrow":
      return drawArrow(shape);
    case "zone":
      return `<rect class="zone" x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" rx="10"/>${text(shape.x + 12, shape.y + 20, shape.title, "small", "start")}`;
    case "words":
      return text(shape.x, shape.y, shape.text, "small", shape.align ?? "start");
  }
}

function drawBox({ x, y, width, height, title, lines = [], tone = "plain" }: Box): string {
  const middle = x + width / 2;
  const top = y + height / 2 + 4 - (lines.length * 16) / 2;
  return [
    `<rect class="${tone}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    text(middle, top, title, "title", "middle"),
    ...lines.map((line, index) => text(middle, top + 17 + index * 16, line, "small", "middle")),
  ].join("");
}

function drawArrow({ points, label, at, dashed = false, tone = "plain" }: Arrow): string {
  const [first = [0, 0], second = first] = points;
  const [x, y] = at ?? [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2 - 7];
  const path = points.map(([px, py], index) => `${index === 0 ? "M" : "L"}${px} ${py}`).join("");
  const line = `<path class="arrow ${tone}-line${dashed ? " dashed" : ""}" d="${path}" marker-end="url(#head-${tone})"/>`;
  return label === undefined ? line : line + text(x, y, label, "small halo", "middle");
}

function marker(tone: Tone): string {
  return `<marker id="head-${tone}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="${tone}-head" d="M0 0L8 4L0 8z"/></marker>`;
}

function text(x: number, y: number, words: string, kind: string, align: string): string {
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${align}">${escape(words)}</text>`;
}

function style(): string {
  const themed = (dark: 0 | 1) =>
    [
      `.page{fill:${dark ? "#0d1013" : "#f6f7f8"}}.zone{stroke:${dark ? "#3a444e" : "#c6ced5"}}`,
      `.title{fill:${dark ? "#e9edf0" : "#13181d"}}.small{fill:${dark ? "#aab4be" : "#465260"}}.halo{stroke:${dark ? "#0d1013" : "#f6f7f8"}}`,
      ...tones.map((tone) => {
        const line = tone === "plain" ? (dark ? "#8d98a3" : "#5d6975") : colours[tone][dark];
        return `.${tone}{fill:${colours[tone][dark ? 3 : 2]};stroke:${colours[tone][dark]}}.${tone}-line{stroke:${line}}.${tone}-head{fill:${line}}`;
      }),
    ].join("");
  const common =
    "text{font:13px system-ui,sans-serif}.title{font-weight:600}.small{font-size:12px}.halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}" +
    ".zone{fill:none;stroke-dasharray:4 4}.arrow{fill:none;stroke-width:1.5}.dashed{stroke-dasharray:5 4}";
  return `${common}${themed(0)}@media(prefers-color-scheme:dark){${themed(1)}}`;
}

function escape(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
