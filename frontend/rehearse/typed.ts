// The typed board on its page: what outline.ts lays out, as SVG in the classes of the guide's figures.
import { drawn, make } from "../make";
import { lay, MOST, read, told, type Placed, type Way } from "./outline.ts";

const KINDS = { client: "ink", service: "", store: "stored", queue: "idle", cache: "cache" } as const;

function box({ x, y, w, h, shape: kind, lines }: Placed): SVGElement[] {
  const round = { client: 8, cache: h / 2, service: 0, queue: 0, store: 0 }[kind];
  const out = kind === "store"
    ? [
      drawn("path", { class: "stored", d: `M${x} ${y + 6}a${w / 2} 6 0 0 1 ${w} 0v${h - 12}a${w / 2} 6 0 0 1 ${-w} 0z` }),
      drawn("path", { class: "lid stored", d: `M${x} ${y + 6}a${w / 2} 6 0 0 0 ${w} 0` }),
    ]
    : [drawn("rect", { class: KINDS[kind], x, y, width: w, height: h, rx: round })];
  if (kind === "queue") out.push(...[y, y + h].map((at) => drawn("path", { class: "line ink", d: `M${x} ${at}h${w}` })));
  const first = y + h / 2 - (lines.length - 1) * 8 + (kind === "store" ? 9 : 4.5);
  return [...out, ...lines.map((words, i) => drawn("text", { class: "s c", x: x + w / 2, y: first + i * 16 }, words))];
}

/** A line with its head, or a cross where what was sent does not arrive. */
function arrow({ arrow: { sign, words }, points, at, loop }: Way, across: boolean): SVGElement[] {
  const kind = sign === "x>" ? "fail" : sign === ">" ? "flow" : "back";
  const end = points.at(-1)!, before = points.at(-2)!, along = loop ? !across : across;
  const [ux, uy] = along ? [Math.sign(end[0] - before[0]) || 1, 0] as const : [0, Math.sign(end[1] - before[1]) || 1] as const;
  const path = [...points.slice(0, -1), [end[0] - 8 * ux, end[1] - 8 * uy] as const];
  const short = path.at(-1)!;
  const d = path.map(([x, y], i) => {
    const [px, py] = path[i - 1] ?? [x, y];
    if (!i) return `M${x} ${y}`;
    if (loop || px === x || py === y) return `L${x} ${y}`;
    return across ? `C${(px + x) / 2} ${py} ${(px + x) / 2} ${y} ${x} ${y}` : `C${px} ${(py + y) / 2} ${x} ${(py + y) / 2} ${x} ${y}`;
  }).join("");
  const out: SVGElement[] = [drawn("path", { class: `line ${kind}`, d })];
  if (kind === "fail") {
    const [x, y] = short;
    out.push(drawn("path", { class: "line x", d: `M${x - 6} ${y - 6}l12 12m0 -12l-12 12` }));
  } else {
    const [bx, by] = [end[0] - 9 * ux, end[1] - 9 * uy];
    const sides = `L${bx - 4.5 * uy} ${by + 4.5 * ux}L${bx + 4.5 * uy} ${by - 4.5 * ux}z`;
    out.push(drawn("path", { class: `head ${kind}`, d: `M${end[0]} ${end[1]}${sides}` }));
  }
  const [dx, dy] = across ? [-3, -6] : [6, 4];
  if (words) out.push(drawn("text", { class: across ? "s c label" : "s label", x: at[0] + dx, y: at[1] + dy }, words));
  return out;
}

/** Draws the outline into the figure, in its width; an empty one hides it. Says where there are more boxes than are drawn. */
export function draw(figure: HTMLElement, text: string): void {
  const outline = read(text);
  const words = outline.words.map((line) => make("li", {}, line));
  figure.hidden = !outline.boxes.size && !words.length;
  figure.replaceChildren(...(words.length ? [make("ul", {}, ...words)] : []));
  if (!outline.boxes.size) return;
  const { width, height, across, boxes, ways } = lay(outline, Math.max(240, figure.clientWidth || 320));
  const svg = drawn("svg", { class: "wh-dt", role: "img", "aria-label": told(outline), viewBox: `0 0 ${width} ${height}`, width, height });
  svg.append(...ways.flatMap((way) => arrow(way, across)), ...boxes.flatMap(box));
  figure.append(svg);
  if (outline.boxes.size === MOST) figure.append(`Up to ${MOST} boxes are drawn.`);
}
