// A board small enough for the head of its problem's page and for its sheet: the boxes are numbered, and their words stand beside
// it as a key. At that size the words of the whole drawing would be 3 points high; nobody reads that.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { shaped, sources, vocabulary } from "./diagrams.mjs";
import { parseMermaid, renderMermaidSVG } from "beautiful-mermaid";

const SHORT = 10; // letters of a box's words that are drawn in it, on the sheet of the whole interview
const self = Buffer.concat([import.meta.url, import.meta.resolve("./diagrams.mjs")].map((url) => readFileSync(fileURLToPath(url))));

/**
 * A flow or state diagram as { key, width, height, svg } with numbers for words; null for other kinds. `named` is the same with its
 * words, where all of them are short.
 * @param {string} text
 */
export function sketch(text) {
  const body = text.replace(/^%%.*\n/gm, "");
  if (!/^\s*(flowchart|graph|stateDiagram)/.test(body)) return null;
  const graph = parseMermaid(body);
  const nodes = [...graph.nodes.values()].filter((n) => !/^state-(start|end)$/.test(n.shape) && n.label.trim());
  const number = new Map(nodes.map((n, i) => [n.id, i + 1]));
  /** @param {{ hasArrowStart: boolean, hasArrowEnd: boolean, style: string }} e */
  const arrow = (e) => (e.hasArrowStart ? "<" : "") + (e.style === "dotted" ? "-.-" : "--") + (e.hasArrowEnd ? ">" : "-");
  const seen = new Set();
  /** @type {string[]} */
  const lines = [];
  for (const e of graph.edges) {
    const [a, b] = [number.get(e.source), number.get(e.target)];
    if (!a || !b || a === b || seen.has(`${a} ${b}`)) continue;
    seen.add(`${a} ${b}`);
    lines.push(`n${a} ${arrow(e)} n${b}`);
  }
  /** @type {(direction: "LR" | "TD", named?: boolean) => { width: number, height: number, svg: string }} */
  const draw = (direction, named = false) => {
    const boxes = nodes.map((n) => `n${number.get(n.id)}["${named ? n.label : number.get(n.id)}"]`);
    const close = { transparent: true, padding: 2, nodeSpacing: 12, layerSpacing: 18 };
    const body = [`flowchart ${direction}`, ...boxes, ...lines].join("\n");
    const svg = named ? vocabulary(renderMermaidSVG(shaped(body), close), body) : renderMermaidSVG(body, close);
    const [, width, height] = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/)?.map(Number) ?? [];
    if (!width || !height) throw new Error("the renderer gave it no size");
    return { width, height, svg: svg.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/\sstyle="[^"]*--bg[^"]*"/, "") };
  };
  const wide = draw("LR"), high = draw("TD");
  const best = Math.max(wide.width / 40, wide.height / 25) <= Math.max(high.width / 40, high.height / 25) ? wide : high;
  const short = nodes.every((n) => n.label.length <= SHORT);
  return { key: nodes.map((n) => n.label.replace(/<br\s*\/?>|\n/g, " ")), ...(short && { named: draw("LR", true) }), ...best };
}

/**
 * Sketches every *.mmd of one folder into JSON files of another; returns how many failed. A kind that is not sketched is none.
 * @param {string} from
 * @param {string} to
 */
export function sketchAll(from, to) {
  let failed = 0;
  mkdirSync(to, { recursive: true });
  for (const file of sources(from)) {
    const text = readFileSync(join(from, file), "utf8").replace(/\r\n?/g, "\n");
    const target = join(to, file.replace(/mmd$/, "json"));
    const stamp = createHash("sha256").update(self).update(text).digest("hex").slice(0, 16);
    if (existsSync(target) && readFileSync(target, "utf8").startsWith(`{"stamp":"${stamp}"`)) continue;
    try {
      writeFileSync(target, JSON.stringify({ stamp, ...sketch(text) }));
    } catch (error) {
      failed += 1;
      const [why] = (error instanceof Error ? error.message : String(error)).split("\n");
      console.error(
        `${join(from, file)}:1: cannot be sketched: ${why}; simplify it, or mend sketch() in frontend/sketches.mjs`,
      );
    }
  }
  return failed;
}
