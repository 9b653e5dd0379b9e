// Mermaid text to themed SVG, without a browser; drawn again only where the text or this file changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { renderMermaidSVG } from "beautiful-mermaid";

const self = readFileSync(fileURLToPath(import.meta.url));

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
      const svg = draw(text, file.replace(/\.mmd$/, ""));
      writeFileSync(target, stamp + svg.replace(/\u0350(.)[^\u0351]*\u0351/g, (_, n) => `‹${names[n.charCodeAt(0) - 0x300]}›`));
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

/**
 * One diagram: our variables instead of a theme, ids made unique, no font from the network.
 * @param {string} text
 * @param {string} name
 */
export function draw(text, name) {
  const svg = renderMermaidSVG(text.replace(/^%%.*\n/gm, ""), { transparent: true, padding: 12 });
  const size = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/);
  return svg
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
  process.exitCode = drawAll(from, to) ? 1 : 0;
}
