// A flowchart or states for a phone, where it cannot be folded: one box below another, as few ways as possible beside them, and each
// box that only ends a way at the right of the one that leads there. All ways to a box that is not the next share one rail.

const WIDE = 336; // px: what a phone of 390 leaves for a figure
const TYPE = 12.5, LETTER = 6.3; // px: of words, of one letter on average
export const LINE = 15; // px: from line to line
const RAIL = 10, ENTRY = 15, LEAST = 40; // px: from rail to rail, the row of one that enters, and the least room for a way's words

/**
 * @typedef {{ id: string, words: string, kind: string }} Box
 * @typedef {{ from: string, to: string, words: string, both: boolean, dashed: boolean }} Way
 * @typedef {Box & { lines: string[], x: number, y: number, w: number, h: number, rows: Row[], entry: number }} Laid
 * @typedef {{ way: Way, lines: string[], tall: number, end?: Laid | undefined }} Row
 */

const SHAPES = /** @type {[string, string, string][]} */ ([
  ["[(", ")]", "store"], ["[[", "]]", "queue"], ["([", "])", "cache"], ["{{", "}}", "question"], ["[", "]", ""], ["(", ")", "client"],
]);
/** px: of a box beside its words, where that is more than of others. @type {Record<string, number>} */
const MORE = { question: 30, log: 28 };
const ARROW = /^\s*(<-->|-->|-\.->)\s*(?:\|"?([^|"]*)"?\|)?\s*/;

/**
 * Boxes and ways of a text; undefined where it has more than these.
 * @param {string} text
 * @param {(words: string) => string} kindOf
 * @returns {{ boxes: Map<string, Box>, ways: Way[] } | undefined}
 */
export function parsed(text, kindOf) {
  const [head = "", ...lines] = text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("%%"));
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  /** @type {Way[]} */
  const ways = [];
  if (/^stateDiagram/.test(head)) {
    /** @type {Map<string, string>} */
    const called = new Map();
    for (const line of lines) {
      if (/^direction \w+$/.test(line)) continue;
      const [, said, as] = line.match(/^state "([^"]+)" as (\w+)$/) ?? [];
      if (said && as) {
        called.set(as, said);
        continue;
      }
      const [, a, b, words = ""] = line.match(/^(\w+|\[\*\]) --> (\w+|\[\*\])(?:: *(.+))?$/) ?? [];
      if (!a || !b) return undefined;
      const from = a === "[*]" ? "begin" : a, to = b === "[*]" ? "end" : b;
      for (const id of [from, to]) {
        boxes.set(id, /^(begin|end)$/.test(id) ? { id, words: "", kind: id } : { id, words: called.get(id) ?? id, kind: "" });
      }
      ways.push({ from, to, words, both: false, dashed: false });
    }
    return { boxes, ways };
  }
  if (!/^(flowchart|graph)\b/.test(head)) return undefined;
  for (const line of lines) {
    let rest = line, last = "", drawn = "", label = "";
    for (;;) {
      const id = rest.match(/^\w+/)?.[0];
      if (!id) return undefined;
      rest = rest.slice(id.length);
      const shape = SHAPES.find(([open]) => rest.startsWith(open));
      if (shape) {
        const [open, close, kind] = shape, at = rest.indexOf(close, open.length);
        if (at < 0) return undefined;
        const words = rest.slice(open.length, at).replace(/^"|"$/g, "");
        boxes.set(id, { id, words, kind: kind || kindOf(words) });
        rest = rest.slice(at + close.length);
      } else if (!boxes.has(id)) boxes.set(id, { id, words: id, kind: "" });
      if (last) ways.push({ from: last, to: id, words: label, both: drawn === "<-->", dashed: drawn === "-.->" });
      const arrow = rest.match(ARROW);
      if (!arrow) break;
      [, drawn = "", label = ""] = arrow;
      last = id;
      rest = rest.slice(arrow[0].length);
    }
    if (rest.trim()) return undefined;
  }
  return { boxes, ways };
}

/**
 * What an order costs: nothing for a way to the next box, more the longer its way is, most for one back up.
 * @param {string[]} order
 * @param {Way[]} ways
 */
function cost(order, ways) {
  const at = new Map(order.map((id, i) => [id, i]));
  let sum = 0;
  for (const { from, to } of ways) {
    const far = (at.get(to) ?? 0) - (at.get(from) ?? 0);
    sum += far === 1 ? 0 : far > 0 ? 2 + far : far < 0 ? 4 - 1.5 * far : 0;
  }
  return sum;
}

/**
 * The order in which the boxes stand: as they are named, as long as no box can be moved for the better. The first stays first.
 * @param {string[]} named
 * @param {Way[]} ways
 */
function ordered(named, ways) {
  let best = named, least = cost(named, ways);
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const id of named.slice(1)) {
      const others = best.filter((one) => one !== id);
      for (let i = 1; i <= others.length; i++) {
        const tried = [...others.slice(0, i), id, ...others.slice(i)], sum = cost(tried, ways);
        if (sum < least) [best, least, isBetter] = [tried, sum, true];
      }
    }
  }
  return best;
}

const bare = (/** @type {string} */ words) => words.replace(/\u0350.|\u0351/g, "");
export const width = (/** @type {string[]} */ lines) => Math.max(0, ...lines.map((line) => bare(line).length)) * LETTER;

/**
 * Words in lines of so many px; what stands for a quantity is one word.
 * @param {string} words
 * @param {number} room
 */
export function wrapped(words, room) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.replace(/<br\s*\/?>/g, " ").match(/\u0350.[^\u0351]*\u0351\S*|\S+/g) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && width([`${last} ${word}`]) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const escaped = (/** @type {string} */ words) => words.replace(/&(?!\w+;)/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
export const n = (/** @type {number} */ value) => String(Math.round(value * 10) / 10);

/**
 * Lines of words at a place.
 * @param {string[]} lines
 * @param {number} x
 * @param {number} top of the first line
 * @param {string} anchor
 */
export const text = (lines, x, top, anchor) => lines.map((line, i) =>
  `<text x="${n(x)}" y="${n(top + (i + 0.5) * LINE)}" dy="4.4"${anchor === "start" ? "" : ` text-anchor="${anchor}"`} ` +
  `font-size="${TYPE}" fill="var(--_text)">${escaped(line)}</text>`).join("");

/**
 * A text's boxes by what becomes of them: `order` stands one below another, `last` at the right of what leads there.
 * @param {Map<string, Box>} boxes
 * @param {Way[]} ways
 */
function sorted(boxes, ways) {
  const out = (/** @type {string} */ id) => ways.filter(({ from }) => from === id);
  const into = (/** @type {string} */ id) => ways.filter((way) => way.to === id);
  /** Whether a box leads to several, or is one of several that a box leads to. @param {string} id */
  const isForked = (id) => out(id).length > 1 || (into(id).length === 1 && out(into(id)[0]?.from ?? "").length > 2);
  const last = new Set(ways.filter(({ from, to: id, both }) =>
    !both && !out(id).length && into(id).length === 1 && isForked(from) && boxes.get(id)?.words).map((way) => way.to));
  const order = ordered([...boxes.keys()].filter((id) => !last.has(id)), ways.filter((way) => !last.has(way.to)));
  return { order, last };
}

/**
 * Rails: one for each box that is entered from the side, by its number from the left; the shorter, the nearer.
 * @param {Way[]} beside the ways that take one
 * @param {Map<string, number>} place
 */
function rails(beside, place) {
  const spans = [...new Set(beside.map((way) => way.to))].map((id) => {
    const spots = [id, ...beside.filter((way) => way.to === id).map(({ from }) => from)].map((one) => place.get(one) ?? 0);
    return { id, top: Math.min(...spots), low: Math.max(...spots) };
  }).sort((a, b) => a.low - a.top - (b.low - b.top) || a.top - b.top);
  /** @type {Map<string, number>} */
  const rail = new Map();
  for (const [i, one] of spans.entries()) {
    const used = spans.slice(0, i).filter(({ top, low }) => top <= one.low && low >= one.top).map(({ id }) => rail.get(id));
    let free = 0;
    while (used.includes(free)) free++;
    rail.set(one.id, free);
  }
  return rail;
}

/**
 * The drawing, or undefined for what is not made of boxes and ways, or has no room even so.
 * @param {string} source
 * @param {(words: string) => string} kindOf the kind of a box, by its words
 * @param {(x1: number, y1: number, x2: number, y2: number) => string} to a line to a point, from another
 */
export function ladder(source, kindOf, to) {
  const read = parsed(source, kindOf);
  if (!read || !read.ways.length) return undefined;
  const { boxes, ways } = read, { order, last } = sorted(boxes, ways);
  const place = new Map(order.map((id, i) => [id, i]));
  /** @param {Way} way */
  const isNext = (way) => place.get(way.to) === (place.get(way.from) ?? NaN) + 1;
  const rail = rails(ways.filter((way) => !last.has(way.to) && !isNext(way)), place);
  const count = Math.max(-1, ...rail.values()) + 1, first = WIDE - 6 - RAIL * (count - 1); // the nearest rail's place
  const right = count ? first - 8 : WIDE - 2; // where boxes at the right end

  // Boxes: as wide as their words need, and so high that each way beside has a row.
  /** @type {Map<string, Laid>} */
  const laid = new Map();
  for (const [id, box] of boxes) {
    const isEnd = last.has(id), lines = wrapped(box.words, isEnd ? 86 : 112);
    const w = box.words ? Math.max(isEnd ? 0 : 84, width(lines) + (MORE[box.kind] ?? (isEnd && box.kind ? 20 : 14))) : 16;
    const h = box.words ? lines.length * LINE + (box.kind === "store" ? 14 : 9) : 16;
    laid.set(id, { ...box, lines, w, h, x: 2, y: 0, rows: [], entry: 0 });
  }
  const spine = order.map((id) => /** @type {Laid} */ (laid.get(id)));
  const broad = Math.max(...spine.map(({ w }) => w)), middle = 2 + broad / 2, edge = 2 + broad;
  /** The words of a way to the next box, beside it. @param {Way} way */
  const below = (way) => wrapped(way.words, WIDE - middle - 14);
  let y = 2;
  for (const box of spine) {
    if (box.words) box.w = broad;
    box.x = middle - box.w / 2;
    for (const way of ways) {
      if (way.from !== box.id || isNext(way)) continue;
      const end = last.has(way.to) ? laid.get(way.to) : undefined;
      const room = (end ? right - end.w - 12 : right) - edge - 8;
      if (room < (way.words ? LEAST : 14)) return undefined;
      const lines = wrapped(way.words, room);
      box.rows.push({ way, lines, end, tall: Math.max(lines.length * LINE + 7, end ? Math.max(end.h, 2 * lines.length * LINE) + 6 : 0) });
    }
    const turn = (/** @type {Row} */ { way, end }) => (end ? 1 : (place.get(way.to) ?? 0) <= (place.get(box.id) ?? 0) ? 0 : 2);
    box.rows.sort((a, b) => turn(a) - turn(b)); // ways up at the top, ways down at the foot
    box.y = y;
    box.entry = y + 9;
    const rows = box.rows.reduce((sum, { tall }) => sum + tall, 0);
    box.h = Math.max(box.h, (rail.has(box.id) ? ENTRY : 0) + rows + (rows ? 4 : 0));
    const on = ways.find((way) => way.from === box.id && isNext(way));
    y += box.h + (on ? Math.max(15, below(on).length * LINE + 7) : 9);
  }
  const high = Math.ceil(Math.max(...[...laid.values()].map((box) => box.y + box.h)) + 4);
  const far = Math.max(edge + 2, ...ways.map((way) => middle + 14 + width(below(way))));
  const wide = count || last.size ? WIDE : Math.ceil(Math.min(WIDE, far));

  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const shapes = [];
  /** @type {string[]} */
  const words = [];
  /** @param {string[]} said @param {number} x @param {number} top of the first line @param {string} anchor */
  const say = (said, x, top, anchor = "start") => words.push(text(said, x, top, anchor));
  /** @param {Laid} box @param {number} [from] where its words begin */
  const stand = (box, from = box.y + (box.h - box.lines.length * LINE) / 2) => {
    shapes.push(shape(box, to));
    say(box.lines, box.x + box.w / 2, from + (box.kind === "store" ? 3 : 0), "middle");
  };
  /** @param {string} d @param {Way} way */
  const draw = (d, { dashed }) => lines.push(
    `<path class="edge" fill="none" stroke="var(--_line)" stroke-width="1.5"${dashed ? ` stroke-dasharray="5 3"` : ""} d="${d}"/>`);
  /** @param {number} x @param {number} at @param {string} d from the point on */
  const tip = (x, at, d) => lines.push(`<path fill="var(--_arrow)" d="M${n(x)} ${n(at)}${d}z"/>`);
  for (const [i, box] of spine.entries()) {
    stand(box);
    const foot = box.y + box.h, next = spine[i + 1];
    for (const way of next ? ways.filter((one) => one.from === box.id && isNext(one)) : []) {
      draw(`M${n(middle)} ${n(foot)}V${n(next.y - 7)}`, way);
      tip(middle, next.y, "l-4 -8h8");
      if (way.both) tip(middle, foot, "l-4 8h8");
      say(below(way), middle + 8, foot + (next.y - foot - below(way).length * LINE) / 2 - 1);
    }
    let top = box.y + (rail.has(box.id) ? ENTRY : 2);
    for (const { way, lines: said, end, tall } of box.rows) {
      const at = end ? top + tall / 2 : top + tall - 5;
      say(said, edge + 5, at - said.length * LINE - 1);
      if (way.both) tip(box.x + box.w, at, "l8 -4v8");
      if (end) {
        end.x = right - end.w;
        end.y = at - end.h / 2;
        stand(end);
        draw(`M${n(edge)} ${n(at)}H${n(end.x - 7)}`, way);
        tip(end.x, at, "l-8 -4v8");
      } else {
        const goal = /** @type {Laid} */ (laid.get(way.to)), enter = goal.x + goal.w;
        const x = first + RAIL * (rail.get(way.to) ?? 0), turn = goal.entry > at ? 5 : -5;
        draw(`M${n(box.x + box.w)} ${n(at)}H${n(x - 5)}q5 0 5 ${turn}V${n(goal.entry - turn)}q0 ${turn} -5 ${turn}H${n(enter + 7)}`, way);
        tip(enter, goal.entry, "l8 -4v8");
      }
      top += tall;
    }
  }
  return `<svg viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}">${lines.join("")}${shapes.join("")}${words.join("")}</svg>`;
}

/** What was appended last to a log. @param {number} x @param {number} y @param {number} w @param {number} h */
export const tail = (x, y, w, h) =>
  `<path d="M${n(x + w - 5)} ${n(y)}v${n(h)}M${n(x + w - 10)} ${n(y)}v${n(h)}" fill="none" stroke="var(--_node-stroke)"/>`;

/**
 * A box as its kind is drawn.
 * @param {{ kind: string, x: number, y: number, w: number, h: number }} box
 * @param {(x1: number, y1: number, x2: number, y2: number) => string} to
 */
export function shape({ kind, x, y, w, h }, to) {
  const ink = `fill="var(--_node-fill)" stroke="var(--_node-stroke)"`, right = x + w, low = y + h;
  /** @param {...[number, number]} points */
  const closed = (...points) => points.map(([px, py], i) => {
    const [ax, ay] = points[i - 1] ?? [px, py];
    return i ? to(ax, ay, px, py) : `M${n(px)} ${n(py)}`;
  }).join("") + "z";
  if (kind === "begin" || kind === "end") {
    const fill = kind === "end" ? "--bg" : "--_text";
    return `<circle cx="${n(x + w / 2)}" cy="${n(y + h / 2)}" r="7" fill="var(${fill})" stroke="var(--_text)" stroke-width="2"/>`;
  }
  if (kind === "store") {
    const half = n(w / 2);
    const body = `M${n(x)} ${n(y + 5)}a${half} 5 0 0 1 ${n(w)} 0v${n(h - 10)}a${half} 5 0 0 1 ${n(-w)} 0z`;
    return `<g class="node store"><path d="${body}" ${ink}/>` +
      `<path d="M${n(x)} ${n(y + 5)}a${half} 5 0 0 0 ${n(w)} 0" fill="none" stroke="var(--_node-stroke)"/></g>`;
  }
  if (kind === "queue") {
    return `<g class="node queue"><rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="var(--_node-fill)" stroke="none"/>` +
      `<path d="M${n(x)} ${n(y)}${to(x, y, right, y)}M${n(x)} ${n(low)}${to(x, low, right, low)}" fill="none" ` +
      `stroke="var(--_node-stroke)"/></g>`;
  }
  if (kind === "cache" || kind === "client") {
    const r = kind === "client" ? 8 : Math.min(h / 2, 20);
    return `<g class="node ${kind}"><rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${n(r)}" ${ink}/></g>`;
  }
  const points = kind === "question"
    ? closed([x + 10, y], [right - 10, y], [right, y + h / 2], [right - 10, low], [x + 10, low], [x, y + h / 2], [x + 10, y])
    : closed([x, y], [right, y], [right, low], [x, low], [x, y]);
  return `<g class="node ${kind === "question" ? "" : kind}"><path d="${points}" ${ink}/>${kind === "log" ? tail(x, y, w, h) : ""}</g>`;
}
