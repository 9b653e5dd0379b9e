// The stages of a problem's board on a screen: read from the client on, no way through a box, no word over a head.
// @ts-expect-error: it has no types
import workers from "elkjs/lib/elk-worker.min.js";
import { LINE, n, parsed, shape, text, width, wrapped } from "./ladders.mjs";

/** px: what there is on a screen and on a phone, and of that for a line of words in a box and at a way. */
const ROOMS = { wide: { wide: 640, high: 500, box: 118, way: 100 }, narrow: { wide: 336, high: 520, box: 92, way: 72 } };
const HEAD = 8, PAD = 6; // px: an arrow's head, and around the whole

/**
 * @typedef {import("./ladders.mjs").Box} Box
 * @typedef {{ x: number, y: number }} Point
 * @typedef {{ id: string, x: number, y: number, width: number, height: number, layoutOptions?: object }} Put
 * @typedef {{ startPoint: Point, endPoint: Point, bendPoints?: Point[] }} Section
 * @typedef {{ sections: [Section], labels: Put[] }} Led
 * @typedef {{ width: number, height: number, children: Put[], edges: Led[] }} Plan
 */

/** As the layout of the renderer is called, without its waits: see beautiful-mermaid's elk-instance. */
const worker = new workers.Worker();
/** @param {object} asked @returns {any} */
function told(asked) {
  let answer = /** @type {any} */ (undefined);
  worker.onmessage = (/** @type {{ data: object }} */ { data }) => { answer = data; };
  worker.dispatcher.saveDispatch({ data: { id: 0, ...asked } });
  if (answer?.error) throw new Error(answer.error.text ?? String(answer.error));
  return answer?.data;
}
told({ cmd: "register", algorithms: ["layered"] });

const LAYOUT = {
  "elk.algorithm": "layered", "elk.direction": "DOWN", "elk.edgeRouting": "ORTHOGONAL",
  "elk.padding": `[left=${PAD},top=${PAD},right=${PAD},bottom=${PAD}]`,
  "elk.spacing.nodeNode": "18", "elk.spacing.edgeNode": "12", "elk.spacing.edgeEdge": "12", "elk.spacing.edgeLabel": "2",
  "elk.layered.spacing.nodeNodeBetweenLayers": "20", "elk.layered.spacing.edgeNodeBetweenLayers": String(HEAD + 5),
  "elk.layered.spacing.edgeEdgeBetweenLayers": "9", "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  "elk.layered.thoroughness": "15",
};
/** What is tried; the layout with the least `fault` is taken. */
const TRIED = ["NETWORK_SIMPLEX", "BRANDES_KOEPF"].flatMap((placed) => ["NONE", "PREFER_NODES"].map((order) =>
  ({ "elk.layered.nodePlacement.strategy": placed, "elk.layered.considerModelOrder.strategy": order })));

/** The points of a way. @param {Led} way @returns {Point[]} */
const points = ({ sections: [one] }) => [one.startPoint, ...one.bendPoints ?? [], one.endPoint];

/**
 * How often ways cross and bend, how long they are, and how much room all takes.
 * @param {Plan} plan
 * @param {{ wide: number, high: number }} room
 */
function fault({ width: wide, height, edges }, room) {
  const strokes = edges.flatMap((way, of) => points(way).slice(1)
    .map((b, i) => ({ of, a: /** @type {Point} */ (points(way)[i]), b })));
  let crossed = 0;
  for (const { of, a, b } of strokes.filter((one) => one.a.x === one.b.x)) {
    for (const one of strokes) {
      if (one.of === of || one.a.y !== one.b.y) continue;
      const [left, right] = [Math.min(one.a.x, one.b.x), Math.max(one.a.x, one.b.x)];
      const [top, low] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
      if (left < a.x && a.x < right && top < one.a.y && one.a.y < low) crossed++;
    }
  }
  const long = strokes.reduce((sum, { a, b }) => sum + Math.hypot(b.x - a.x, b.y - a.y), 0);
  const over = Math.max(0, wide - room.wide) + Math.max(0, height - room.high);
  return 12 * crossed + 2 * (strokes.length - edges.length) + over + height / 30 + wide / 60 + long / 30;
}

/**
 * The drawing of a flowchart, or undefined for what has more than boxes and ways.
 * @param {string} body
 * @param {(words: string) => string} kindOf the kind of a box, by its words
 * @param {(x1: number, y1: number, x2: number, y2: number) => string} to a line to a point, from another
 * @param {"wide" | "narrow"} kind
 */
export function board(body, kindOf, to, kind) {
  const room = ROOMS[kind];
  const read = /^\s*(flowchart|graph)\b/.test(body) && parsed(body, kindOf);
  if (!read || (kind === "narrow" && read.boxes.size > 7)) return undefined; // on a phone more have no room side by side
  const boxes = [...read.boxes.values()].map((box) => {
    const lines = wrapped(box.words, room.box);
    const [wider, higher] = [box.kind === "log" ? 32 : 20, box.kind === "store" ? 20 : 14];
    return { ...box, lines, width: Math.max(60, width(lines) + wider), height: lines.length * LINE + higher };
  });
  const ways = read.ways.map((way) => ({ ...way, lines: wrapped(way.words, room.way) }));
  // A way to a box that stands earlier runs up; so the first, and clients to which no way leads, stand first.
  const first = boxes[0]?.id;
  const rank = (/** @type {Box} */ { id, kind }) => (id === first ? 0 : kind === "client" && !ways.some((way) => way.to === id) ? 1 : 2);
  const order = boxes.toSorted((a, b) => rank(a) - rank(b));
  /** @param {object} tried @returns {Plan} */
  const laid = (tried) => told({
    cmd: "layout", graph: {
      id: "board", layoutOptions: { ...LAYOUT, ...tried },
      children: order.map(({ id, width, height }) => ({
        id, width, height, layoutOptions: id === first ? { "elk.layered.layering.layerConstraint": "FIRST" } : {},
      })),
      edges: ways.map(({ from, to, lines }, i) => ({
        id: `way-${i}`, sources: [from], targets: [to], labels: lines.length ? [{
          text: lines.join(" "), width: width(lines) + 6, height: lines.length * LINE,
          layoutOptions: { "elk.edgeLabels.inline": "true", "elk.edgeLabels.placement": "CENTER" },
        }] : [],
      })),
    },
  });
  const plans = TRIED.map(laid), faults = plans.map((plan) => fault(plan, room));
  const plan = /** @type {Plan} */ (plans[faults.indexOf(Math.min(...faults))]);

  const strokes = plan.edges.map((led, i) => arrow(points(led), ways[i], led.labels[0], to));
  const known = new Map(boxes.map((box) => [box.id, box]));
  const shapes = plan.children.map(({ id, x, y, width: w, height: h }) => shape({ kind: known.get(id)?.kind ?? "", x, y, w, h }, to));
  const said = plan.children.map(({ id, x, y, width: w, height: h }) => {
    const { lines, kind } = /** @type {typeof boxes[0]} */ (known.get(id));
    return text(lines, x + w / 2, y + (h - lines.length * LINE) / 2 + (kind === "store" ? 3 : 0), "middle");
  });
  const words = plan.edges.map(({ labels: [one] }, i) =>
    (one ? text(ways[i]?.lines ?? [], one.x + one.width / 2, one.y, "middle") : ""));
  const [wide, high] = [Math.ceil(plan.width), Math.ceil(plan.height)];
  const parts = [...strokes, ...shapes, ...words, ...said].join("");
  return `<svg viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}">${parts}</svg>`;
}

/**
 * A way with round corners, and a head at each end that has one; where its words stand it is cut.
 * @param {Point[]} path
 * @param {{ both: boolean, dashed: boolean } | undefined} way
 * @param {Put | undefined} words
 * @param {(x1: number, y1: number, x2: number, y2: number) => string} to
 */
function arrow(path, way, words, to) {
  const all = path.map(({ x, y }) => ({ x, y })), heads = [tip(all)];
  if (way?.both) heads.push(tip(all.reverse()));
  let at = /** @type {Point} */ (all[0]), d = `M${n(at.x)} ${n(at.y)}`;
  /** @param {Point} end */
  const stroke = (end) => {
    const [top, low] = [words?.y ?? 0, (words?.y ?? 0) + (words?.height ?? 0)];
    const isCut = words && Math.abs(at.x - end.x) < 1 && words.x < at.x && at.x < words.x + words.width &&
      Math.min(at.y, end.y) < low && top < Math.max(at.y, end.y);
    const inside = (/** @type {number} */ y) => Math.min(Math.max(y, Math.min(at.y, end.y)), Math.max(at.y, end.y));
    const [near, far] = at.y < end.y ? [inside(top), inside(low)] : [inside(low), inside(top)];
    d += isCut ? `${to(at.x, at.y, at.x, near)}M${n(at.x)} ${n(far)}${to(at.x, far, end.x, end.y)}` : to(at.x, at.y, end.x, end.y);
  };
  for (const [i, corner] of all.entries()) {
    if (!i) continue;
    const next = all[i + 1];
    if (!next) {
      stroke(corner);
      break;
    }
    const near = (/** @type {Point} */ a, /** @type {Point} */ b) => {
      const far = Math.hypot(b.x - a.x, b.y - a.y), r = Math.min(5, far / 2) / (far || 1);
      return { x: a.x + (b.x - a.x) * r, y: a.y + (b.y - a.y) * r };
    };
    const before = near(corner, at), after = near(corner, next);
    stroke(before);
    d += `Q${n(corner.x)} ${n(corner.y)} ${n(after.x)} ${n(after.y)}`;
    at = after;
  }
  const dashes = way?.dashed ? ` stroke-dasharray="5 3"` : "";
  return `<path class="edge" fill="none" stroke="var(--_line)" stroke-width="1.5"${dashes} d="${d}"/>${heads.join("")}`;
}

/** A head at the end of a way, which then ends where the head begins. @param {Point[]} path */
function tip(path) {
  const end = /** @type {Point} */ (path.at(-1)), from = path.at(-2) ?? end, far = Math.hypot(end.x - from.x, end.y - from.y) || 1;
  const x = (end.x - from.x) / far, y = (end.y - from.y) / far;
  const at = { x: end.x - x * (HEAD - 1), y: end.y - y * (HEAD - 1) };
  const sides = [[-x * HEAD - y * 4, -y * HEAD + x * 4], [-x * HEAD + y * 4, -y * HEAD - x * 4]];
  const points = sides.map(([dx = 0, dy = 0]) => `L${n(end.x + dx)} ${n(end.y + dy)}`);
  path[path.length - 1] = at;
  return `<path fill="var(--_arrow)" d="M${n(end.x)} ${n(end.y)}${points.join("")}z"/>`;
}

/**
 * Whether the renderer's drawing runs a way through a box, or leaves a head no room; it moves boxes after their ways are laid.
 * @param {string} svg
 */
export function isMuddled(svg) {
  const numbers = (/** @type {string} */ said) => (said.match(/-?[\d.]+/g) ?? []).map(Number);
  const boxes = [...svg.matchAll(/<g class="node"[^>]*>\s*<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)].map((found) => {
    const [x = 0, y = 0, w = 0, h = 0] = found.slice(1).map(Number);
    return { left: x + 2, top: y + 2, right: x + w - 2, low: y + h - 2 };
  });
  return [...svg.matchAll(/<polyline class="edge"[^>]*? points="([^"]+)"/g)].some(([, said = ""]) => {
    const all = numbers(said);
    let last = 0;
    for (let i = 2; i < all.length; i += 2) {
      const [px = 0, py = 0, x = 0, y = 0] = all.slice(i - 2, i + 2);
      const [left, right, top, low] = [Math.min(px, x), Math.max(px, x), Math.min(py, y), Math.max(py, y)];
      if (boxes.some((box) => left < box.right && box.left < right + 0.1 && top < box.low && box.top < low + 0.1)) return true;
      last = right - left + low - top;
    }
    return last < HEAD;
  });
}
