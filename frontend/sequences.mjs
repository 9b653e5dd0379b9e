// A sequence diagram for a phone: as many columns as there are participants, all of them in sight, and words above the arrows.

const WIDE = 336; // px: what a phone of 390 leaves for a figure
const TYPE = 12.5, LETTER = 6.4, LINE = 15; // px: of words, of one letter on average, from line to line
const ROW = 40, LOOP = 18;

/**
 * @typedef {{ kind: "message", from: number, to: number, words: string, back: boolean, lost: boolean }
 *   | { kind: "note", from: number, to: number, words: string }
 *   | { kind: "block", words: string } | { kind: "end" }} Event what only happens in a case stands between a block and its end
 */

/**
 * Participants and events of a text; null where it has more than messages, notes and cases, or is no sequence diagram.
 * @param {string} text
 */
export function parsed(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("%%"));
  if (lines.shift() !== "sequenceDiagram") return null;
  /** @type {string[]} */
  const ids = [], names = [];
  /** @type {Event[]} */
  const events = [];
  /** @param {string} id */
  const place = (id) => {
    if (!ids.includes(id)) names[ids.push(id) - 1] = id;
    return ids.indexOf(id);
  };
  for (const line of lines) {
    const named = line.match(/^participant (\w+)(?: as (.+))?$/);
    const sent = line.match(/^(\w+)(--?)(>>|x)(\w+): *(.+)$/);
    const noted = line.match(/^Note over (\w+)(?:, *(\w+))?: *(.+)$/);
    if (named?.[1]) names[place(named[1])] = named[2] ?? named[1];
    else if (sent?.[1] && sent[4] && sent[5]) {
      const lost = sent[3] === "x";
      events.push({ kind: "message", from: place(sent[1]), to: place(sent[4]), words: sent[5], back: sent[2] === "--" && !lost, lost });
    } else if (noted?.[1] && noted[3]) {
      events.push({ kind: "note", from: place(noted[1]), to: place(noted[2] ?? noted[1]), words: noted[3] });
    } else if (/^(?:alt|opt|loop) /.test(line)) {
      events.push({ kind: "block", words: line.replace(/^(?:alt|opt) /, "If ").replace(/^loop /, "Each ") });
    } else if (line === "end") events.push({ kind: "end" });
    else return null;
  }
  return { names, events };
}

/** @param {string} words @param {number} width */
function wrapped(words, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.replace(/<br\s*\/?>/g, " ").split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && (last.length + word.length + 1) * LETTER <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** @param {string} words */
const escaped = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
/** @param {number} value */
const n = (value) => String(Math.round(value * 10) / 10);

/**
 * The drawing, or null for what is not narrow by this: another kind of diagram.
 * @param {string} text
 * @param {(name: string) => string} kind the class of a participant, by its name
 */
export function narrow(text, kind) {
  const read = parsed(text);
  if (!read) return null;
  const { names, events } = read, step = WIDE / names.length, box = step - 6;
  /** @param {number} i */
  const middle = (i) => step * (i + 0.5);
  /** @type {string[]} */
  const out = [];
  /** @type {string[]} */
  const over = [];
  /** @param {string[]} lines @param {number} x @param {number} y of the first line's middle */
  const words = (lines, x, y, ink = "--_text") => lines.forEach((line, i) => {
    const half = line.length * LETTER / 2, at = Math.min(Math.max(x, half + 2), WIDE - half - 2);
    over.push(`<text x="${n(at)}" y="${n(y + i * LINE)}" dy="4.4" text-anchor="middle" font-size="${TYPE}" fill="var(${ink})">` +
      `${escaped(line)}</text>`);
  });
  const heads = names.map((name) => wrapped(name, box - 6));
  const head = 14 + LINE * Math.max(...heads.map(({ length }) => length));
  let y = head + 8;
  /** @type {number[]} */
  const begun = []; // where each open block begins
  for (const one of events) {
    if (one.kind === "block") {
      begun.push(y + 2);
      words([`${one.words}:`], 4, y + 4 + LINE / 2);
      y += LINE + 2;
      continue;
    }
    if (one.kind === "end") {
      const from = begun.pop() ?? y;
      out.push(`<path d="M1 ${n(from)}H${WIDE - 1}V${n(y + 4)}H1z" fill="none" stroke="var(--_text-sec)" stroke-dasharray="1.5 3"/>`);
      y += 10;
      continue;
    }
    if (one.kind === "note") {
      const left = Math.min(one.from, one.to), right = Math.max(one.from, one.to), x = (middle(left) + middle(right)) / 2;
      const lines = wrapped(one.words, Math.max(step * (right - left + 1), 110));
      const wide = Math.max(...lines.map(({ length }) => length)) * LETTER + 14, tall = lines.length * LINE + 8;
      const at = Math.min(Math.max(x, wide / 2 + 1), WIDE - wide / 2 - 1);
      out.push(`<rect x="${n(at - wide / 2)}" y="${n(y + 4)}" width="${n(wide)}" height="${n(tall)}" fill="var(--bg)" ` +
        `stroke="var(--_node-stroke)"/>`);
      words(lines, at, y + 4 + 4 + LINE / 2);
      y += tall + 10;
      continue;
    }
    const own = one.from === one.to, lines = wrapped(one.words, WIDE - 8);
    const x1 = middle(one.from), x2 = middle(one.to), low = y + 8 + LINE * lines.length + 4;
    words(lines, own ? x1 : (x1 + x2) / 2, y + 4 + LINE / 2);
    const ink = one.lost ? "--red" : "--_line", dash = one.back ? ` stroke-dasharray="5 3"` : "";
    const line = `fill="none" stroke="var(${ink})" stroke-width="1.5"${dash}`;
    if (own) {
      const side = one.from === names.length - 1 ? -1 : 1;
      out.push(`<path class="message" ${line} d="M${n(x1)} ${n(low)}h${side * LOOP}v10h${-side * (LOOP - 6)}"/>`, tip(x1, low + 10, -side));
      y = low + 16;
      continue;
    }
    const side = Math.sign(x2 - x1), end = one.lost ? x1 + (x2 - x1) * 0.7 : x2 - side * 7;
    out.push(`<path class="message" ${line} d="M${n(x1)} ${n(low)}H${n(end)}"/>`);
    out.push(one.lost ? cross(end, low) : tip(x2, low, side));
    y = Math.max(low + 8, y + ROW - 6);
  }
  const life = middle, tall = y + 8;
  const lines = names.map((_, i) => `<path class="lifeline" d="M${n(life(i))} ${head}V${n(tall - 4)}" stroke="var(--_inner-stroke)"/>`);
  const boxes = names.map((name, i) => `<g class="actor ${kind(name)}"><rect x="${n(middle(i) - box / 2)}" y="2" width="${n(box)}" ` +
    `height="${head - 4}" rx="4" fill="var(--_node-fill)" stroke="var(--_node-stroke)"/></g>`);
  heads.forEach((lines, i) => words(lines, middle(i), 2 + (head - 4 - LINE * lines.length) / 2 + LINE / 2));
  return `<svg viewBox="0 0 ${WIDE} ${Math.ceil(tall)}" width="${WIDE}" height="${Math.ceil(tall)}">` +
    `${lines.join("")}${boxes.join("")}${out.join("")}${over.join("")}</svg>`;
}

/** @param {number} x @param {number} y @param {number} side */
const tip = (x, y, side) =>
  `<path d="M${n(x)} ${n(y)}l${-side * 8} -4v8z" fill="var(--_arrow)"/>`;

/** What is lost ends in a cross. @param {number} x @param {number} y */
export const cross = (x, y) =>
  `<path d="M${n(x - 5)} ${n(y - 5)}l10 10m0 -10l-10 10" fill="none" stroke="var(--red)" stroke-width="2.5"/>`;
