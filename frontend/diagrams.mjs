// Mermaid text to themed SVG, without a browser; drawn again only where the text or this file changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { renderMermaidSVG } from "beautiful-mermaid";
import { board, isMuddled } from "./boards.mjs";
import { ladder, tail } from "./ladders.mjs";
import { cross, narrow, parsed } from "./sequences.mjs";

const self = Buffer.concat(["./diagrams.mjs", "./boards.mjs", "./ladders.mjs", "./sequences.mjs"].map((file) =>
  readFileSync(fileURLToPath(new URL(file, import.meta.url)))));

/**
 * What a box is, by the noun that its words begin with: see Contributing, Drawing. A shape that is written in the text goes first.
 * @type {[string, RegExp][]}
 */
const KINDS = [
  ["cache", /^(?!ask|clear|delete|fill|keep|read|warm|write)(?:[\w-]+ )?caches?$/i],
  ["queue", /^(?!ask|keep|read|send|write)(?:[\w-]+ )?(?:queues?|topics?|brokers?|streams?)$/i],
  ["store", new RegExp("^(?!ask|check|keep|load|put|query|read|restore|send|update|write)" +
    "(?:[\\w-]+ )?(?:databases?|stores?|storage|tables?|disks?|replicas?|standbys?|index|primary|primaries|bucket)$", "i")],
  ["log", /^(?!ask|append|keep|read|write)(?:[\w-]+ )?logs?$/i],
  ["client", /^(?:clients?|browsers?|phones?|users?|readers?|viewers?|riders?|drivers?|callers?|buyers?|senders?|apps?)$/i],
];
/** How Mermaid writes a kind that has a shape there. @type {Record<string, [string, string]>} */
const SHAPES = { store: ["[(", ")]"], queue: ["[[", "]]"], cache: ["([", "])"], client: ["(", ")"] };
/** And the renderer's word for it. @type {Record<string, string>} */
const DRAWN = { cylinder: "store", subroutine: "queue", stadium: "cache", rounded: "client" };

/**
 * The kind of a box or participant; "" for a service or a step.
 * @param {string} words
 */
export function kindOf(words) {
  const said = words.replace(/[\u0300-\u0351]/g, "").replace(/<br\s*\/?>|\s+/g, " ");
  const [head = ""] = said.split(/[,:;(]| (?:and|by|for|from|in|of|on|with) /);
  return KINDS.find(([, noun]) => noun.test(head.trim()))?.[0] ?? "";
}

/**
 * The diagrams of a folder; not what an editor or a system left beside them.
 * @param {string} from
 */
export const sources = (from) => readdirSync(from).filter((f) => /^[a-z0-9-]+\.mmd$/.test(f) && isFile(join(from, f))).sort();

/** @param {string} path */
const isFile = (path) => Boolean(statSync(path, { throwIfNoEntry: false })?.isFile());

const BEGIN = "\u0350", END = "\u0351"; // marks without width, around what stands for a quantity while its room is measured

/**
 * Draws every *.mmd in one folder into another; returns how many failed. A quantity, ‹peak› say, gets the room of what it says.
 * @param {string} from
 * @param {string} to
 * @param {Record<string, Record<string, string>>} said by figure and name, see macros/pages/figures.py
 */
export function drawAll(from, to, said = {}) {
  let failed = 0;
  for (const file of sources(from)) {
    /** @type {string[]} */
    const names = [];
    const known = said[file.replace(/\.mmd$/, "")] ?? {};
    const text = readFileSync(join(from, file), "utf8").replace(/\r\n?/g, "\n").replace(/‹([^›\n]+)›/g, (_, name) =>
      `${BEGIN}${String.fromCharCode(0x300 + (names.push(name) - 1))}${known[name] ?? name}${END}`);
    const target = join(to, file.replace(/mmd$/, "svg"));
    const small = join(to, file.replace(/mmd$/, "narrow.svg"));
    const stamp = `<!--${createHash("sha256").update(self).update(text).digest("hex").slice(0, 16)}-->`;
    if (existsSync(target) && readFileSync(target, "utf8").startsWith(stamp)) continue;
    const late = lateLabel(text);
    if (late) {
      failed += 1;
      console.error(
        `${join(from, file)}:${late.line}: the label of ${late.id} would not be drawn; give it where ${late.id} is named first`,
      );
      continue;
    }
    try {
      /** @param {string} svg */
      const quoting = (svg) => svg.replace(/\u0350(.)[^\u0351]*\u0351/g, (_, n) => `‹${names[n.charCodeAt(0) - 0x300]}›`);
      const [svg, slim] = drawings(text, file.replace(/\.mmd$/, ""));
      if (slim) writeFileSync(small, quoting(slim));
      else rmSync(small, { force: true });
      writeFileSync(target, stamp + quoting(svg)); // last: it says that both are of this text
    } catch (error) {
      failed += 1;
      const [why] = (error instanceof Error ? error.message : String(error)).split("\n");
      console.error(`${join(from, file)}:1: cannot be drawn: ${why}; see beautiful-mermaid's supported syntax`);
    }
  }
  return failed;
}

/**
 * The first label of a flowchart that comes after the first mention of its box, where the renderer no longer reads it.
 * @param {string} text
 */
function lateLabel(text) {
  if (!/^\s*(flowchart|graph)\b/m.test(text)) return undefined;
  const named = new Set();
  for (const [i, line] of text.split("\n").entries()) {
    if (/^\s*(%%|flowchart|graph|subgraph|end\b|class|style)/.test(line)) continue;
    const bare = line.replace(/\|[^|]*\|/g, " ").replace(/"[^"]*"/g, "");
    for (const [, id, label] of bare.matchAll(/\b([A-Za-z]\w*)(\s*[[({]+[^\])}]*[\])}]+)?/g)) {
      if (label && named.has(id)) return { line: i + 1, id };
      named.add(id);
    }
  }
  return undefined;
}

const PHONE = 340, TALL = 600; // px that a phone of 390 leaves for a figure, and what is seen of it at once

/** @param {string} svg */
const width = (svg) => Number(svg.match(/viewBox="0 0 ([\d.]+)/)?.[1] ?? Infinity);

/** How tall a drawing stands on a phone, where what is narrow is enlarged: see frontend/styles/figure.css. @param {string} svg */
const tall = (svg) => Number(svg.match(/viewBox="0 0 [\d.]+ ([\d.]+)/)?.[1] ?? Infinity) * Math.min(1.15, PHONE / width(svg));

/**
 * A drawing, and another for phones where it has no room there. What is taller than a screen gives way to its narrow one; so do states.
 * @param {string} text
 * @param {string} name
 * @returns {[string, string | undefined]}
 */
function drawings(text, name) {
  const svg = draw(text, name), has = width(svg) <= PHONE && tall(svg) <= TALL;
  const slim = narrow(text, kindOf) ?? (has ? undefined : slimmer(text, name));
  const isHigh = Number(svg.match(/viewBox="0 0 [\d.]+ ([\d.]+)/)?.[1]) > TALL;
  return slim && (isHigh || /^stateDiagram/m.test(text)) ? [slim, undefined] : [svg, slim];
}

/**
 * What is shown on a phone of a drawing that has no room there: folded, or as a ladder where that is too wide or too tall.
 * @param {string} text
 * @param {string} name
 */
function slimmer(text, name) {
  const body = shaped(text.replace(/^%%.*\n/gm, "")), isBoard = BOARD.test(name);
  const down = isBoard ? board(body, kindOf, bent, "narrow") : folded(text, name);
  if (down && width(down) <= PHONE && tall(down) <= TALL) return down;
  const steps = ladder(body, kindOf, isBoard ? bent : ruled);
  if (isBoard) return steps ?? down;
  return down && steps && tall(down) <= tall(steps) ? down : steps ?? down;
}

/**
 * The first of some texts that boxes closer together make narrow enough for a phone; its layout refuses some distances for some graphs.
 * @param {string[]} bodies
 */
function closer(bodies) {
  for (const body of bodies) {
    for (const nodeSpacing of [18, 12, 9]) {
      try {
        const svg = renderMermaidSVG(body, { transparent: true, padding: 6, nodeSpacing });
        if (width(svg) <= PHONE && !isMuddled(svg)) return svg;
      } catch {
        break;
      }
    }
  }
  return undefined;
}

/**
 * A flowchart for a phone: from top to bottom, its words in short lines. Undefined where that is still too wide.
 * @param {string} text
 * @param {string} name
 */
function folded(text, name) {
  const plain = text.replace(/^%%.*\n/gm, "");
  if (!/^\s*(flowchart|graph)\b/.test(plain)) return undefined;
  const down = shaped(plain).replace(/^(\s*(?:flowchart|graph)) \w+/, "$1 TD").replace(/\bdirection (LR|RL)\b/g, "direction TB");
  const svg = closer([14, 11, 9].map((letters) => down
    .replace(/"([^"]+)"|\[(?!\(|\[)([^\]"]+)\]/g, (_, quoted, bare) =>
      quoted ? `"${lined(quoted, letters)}"` : `["${lined(bare, letters)}"]`)
    .replace(/\|([^|]+)\|/g, (_, label) => `|${lined(label, 11)}|`)));
  return svg && finished(svg, text, `${name}-n`);
}

/**
 * Words in lines of so many letters; what stands for a quantity is one word.
 * @param {string} words
 * @param {number} letters
 */
function lined(words, letters) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.match(/\u0350.[^\u0351]*\u0351\S*|\S+/g) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("<br>");
}

/**
 * A flowchart with the shape of its kind around each plain box.
 * @param {string} body
 */
export function shaped(body) {
  if (!/^\s*(flowchart|graph)\b/.test(body)) return body;
  return body.replace(/(\b[A-Za-z]\w*)\[(?![([/\\])("?)([^\]"]+)\2\]/g, (all, id, _, words) => {
    const [open, close] = SHAPES[kindOf(words)] ?? [];
    return open ? `${id}${open}"${words}"${close}` : all;
  });
}

/** A queue as the renderer draws it: a box with two lines within. */
const LANE = new RegExp('(<g class="node queue"[^>]*>\\s*<rect x="([\\d.]+)" y="([\\d.]+)" width="([\\d.]+)" height="([\\d.]+)"[^>]*?)' +
  'stroke="[^"]*"([^>]*>)\\s*<line[^>]*>\\s*<line[^>]*>', "g");

/**
 * Classes for the kinds of boxes and participants, a queue as a lane, a lost message as lost.
 * @param {string} svg
 * @param {string} text
 */
export function vocabulary(svg, text) {
  const lost = parsed(text)?.events.filter(({ kind }) => kind === "message").map((one) => "lost" in one && one.lost) ?? [];
  let sent = 0;
  return svg
    .replace(/<g class="node"([^>]*) data-label="([^"]*)" data-shape="(\w+)">/g, (_, id, words, shape) =>
      `<g class="node ${DRAWN[shape] ?? kindOf(words)}"${id}>`)
    .replace(/<g class="actor"([^>]*) data-label="([^"]*)"/g, (_, id, words) => `<g class="actor ${kindOf(words)}"${id}`)
    .replace(LANE, (_, head, x, y, w, h, rest) =>
      `${head}stroke="none"${rest}<path d="M${x} ${y}h${w}m0 ${h}h-${w}" stroke="var(--_node-stroke)"/>`)
    .replace(/<g class="node log"[^>]*>\s*<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"[^>]*>/g, (all, ...numbers) => {
      const [x = 0, y = 0, w = 0, h = 0] = numbers.slice(0, 4).map(Number);
      return `${all}${tail(x, y, w, h)}`;
    })
    .replace(/(<line class="lifeline"[^>]*?) stroke-dasharray="[^"]*"/g, "$1")
    .replace(/<g class="message"[\s\S]*?<\/g>/g, (message) => {
      if (!lost[sent++]) return message;
      return message.replace(/<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="[\d.]+"[^>]*>/, (_, x1, y, x2) => {
        const end = Number(x1) + (Number(x2) - Number(x1)) * 0.7;
        return `<path d="M${x1} ${y}H${end}" stroke="var(--red)" stroke-width="1.5"/>${cross(end, Number(y))}`;
      });
    });
}

/** The stages of a problem's board, which are drawn close and as by a marker; so is a phase's, see macros/runs/boards.py. */
const BOARD = /-(first|breaks|board)$/;

/**
 * A stroke to a point, a little bent, and alike in every build.
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function bent(x1, y1, x2, y2) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 24) return `L${x2} ${y2}`;
  const chance = Math.abs(Math.trunc(x1 * 31 + y1 * 17 + x2 * 13 + y2 * 7)) % 97 / 97;
  const off = (chance * 2 - 1) * Math.min(2, length / 60), at = 0.35 + chance * 0.3;
  const x = x1 + at * (x2 - x1) - (y2 - y1) / length * off, y = y1 + at * (y2 - y1) + (x2 - x1) / length * off;
  return `Q${x.toFixed(1)} ${y.toFixed(1)} ${x2} ${y2}`;
}

/** A straight stroke to a point. @type {typeof bent} */
const ruled = (_, __, x, y) => `L${x} ${y}`;

/**
 * One diagram: our variables instead of a theme, ids made unique, no font from the network.
 * @param {string} text
 * @param {string} name
 */
export function draw(text, name) {
  const body = shaped(text.replace(/^%%.*\n/gm, ""));
  const drawn = BOARD.test(name) && board(body, kindOf, bent, "wide");
  if (drawn) return drawn;
  const svg = renderMermaidSVG(body, { transparent: true, padding: 12 }), best = (width(svg) > PHONE && closer([body])) || svg;
  return (isMuddled(best) && board(body, kindOf, ruled, "wide")) || finished(best, text, name);
}

/**
 * The renderer's drawing as a page needs it.
 * @param {string} svg
 * @param {string} text
 * @param {string} name
 */
function finished(svg, text, name) {
  const size = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/);
  return vocabulary(svg, text)
    .replace(/auto-start-reverse/g, "auto") // the head at a start is drawn turned already
    .replace(/<style>[\s\S]*?<\/style>/g, "") // its colors, and a font from the network: ours stand in the style sheet
    .replace(/\sstyle="[^"]*--bg[^"]*"/, "")
    .replace(/<svg[^>]*>/, (tag) => tag.replace(/ (width|height)="[^"]*"/g, ""))
    .replace(/<svg/, `<svg width="${Math.round(Number(size?.[1] ?? 0))}" height="${Math.round(Number(size?.[2] ?? 0))}"`)
    .replace(/\bid="([^"]+)"/g, `id="${name}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)
    .replace(/href="#([^"]+)"/g, `href="#${name}-$1"`)
    .replace(/ (data-[\w-]+|xmlns)="[^"]*"/g, "")
    .replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replace(/\s*\n\s*/g, " ").replace(/ *(\/?>) */g, "$1").replace(/> </g, "><");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from = "data/diagrams", to = "build/diagrams"] = process.argv.slice(2);
  mkdirSync(to, { recursive: true });
  process.exitCode = drawAll(from, to, JSON.parse(readFileSync(0, "utf8"))) ? 1 : 0; // what quantities say comes on standard input
}
