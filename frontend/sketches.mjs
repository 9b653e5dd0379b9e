// A flow with its words in its boxes, where all of them are short: for the sheet of the whole interview.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { shaped, sources, vocabulary } from "./diagrams.mjs";
import { parseMermaid, renderMermaidSVG } from "beautiful-mermaid";

const SHORT = 10; // letters of a box's words that are drawn in it
const self = Buffer.concat([import.meta.url, import.meta.resolve("./diagrams.mjs")].map((url) => readFileSync(fileURLToPath(url))));

/**
 * A flow or state diagram from left to right, without the words at its arrows; null for other kinds, and where a box says more.
 * @param {string} text
 */
export function sketch(text) {
  const body = text.replace(/^%%.*\n/gm, "");
  if (!/^\s*(flowchart|graph|stateDiagram)/.test(body)) return null;
  const graph = parseMermaid(body);
  const nodes = [...graph.nodes.values()].filter((n) => !/^state-(start|end)$/.test(n.shape) && n.label.trim());
  if (nodes.some((n) => n.label.length > SHORT)) return null;
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
  const boxes = nodes.map((n) => `n${number.get(n.id)}["${n.label}"]`), flow = ["flowchart LR", ...boxes, ...lines].join("\n");
  const svg = vocabulary(renderMermaidSVG(shaped(flow), { transparent: true, padding: 2, nodeSpacing: 12, layerSpacing: 18 }), flow);
  const [, width, height] = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/)?.map(Number) ?? [];
  if (!width || !height) throw new Error("the renderer gave it no size");
  return { width, height, svg: svg.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/\sstyle="[^"]*--bg[^"]*"/, "") };
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
