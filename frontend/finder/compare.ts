// Two to four patterns side by side, from the public JSON. Text only; nothing is parsed as markup.
import { address } from "../address";
import { make } from "../make";

interface Pattern {
  slug: string;
  name: string;
  summary: string;
  use_when: string[];
  avoid_when: string[];
  trade_offs: { axis: string; gain: string; pay: string }[];
  failure_modes: { symptom: string; mitigation: string }[];
  numbers?: { value: string; meaning: string }[];
}

const MOST = 4; // side by side
const ROWS: [string, (p: Pattern) => string[]][] = [
  ["In one sentence", (p) => [p.summary]],
  ["Use when", (p) => p.use_when],
  ["Avoid when", (p) => p.avoid_when],
  ["Trade-offs", (p) => p.trade_offs.map((t) => `${t.axis}: ${t.gain} But: ${t.pay}`)],
  ["How it fails", (p) => p.failure_modes.map((f) => `${f.symptom} ${f.mitigation}`)],
  ["Numbers", (p) => (p.numbers ?? []).map((n) => `${n.value}: ${n.meaning}`)],
];

export async function compare(root: HTMLElement): Promise<void> {
  const status = root.querySelector<HTMLElement>("[role=status]")!;
  const asked = (new URLSearchParams(location.search).get("p") ?? "").split(",").filter((slug) => /^[a-z0-9-]+$/.test(slug));
  const slugs = [...new Set(asked)].slice(0, MOST);
  if (slugs.length < 2) {
    const catalogue = link("catalogue", address("patterns/"));
    status.replaceChildren("Choose two to four patterns in the ", catalogue, ": each entry has a box to compare.");
    return;
  }
  const answers = await Promise.all(slugs.map(pattern));
  const found = answers.filter((p): p is Pattern => p !== null);
  const missing = slugs.filter((_, i) => !answers[i]);
  if (found.length < 2) {
    status.replaceChildren(`Not found: ${missing.join(", ")}. Choose again in the `, link("catalogue", address("patterns/")), ".");
    return;
  }
  status.textContent = missing.length ? `Not found: ${missing.join(", ")}.` : `${found.length} patterns side by side.`;
  const table = make("table");
  const head = table.createTHead().insertRow();
  head.append(make("td"), ...found.map((p) => make("th", { scope: "col" }, link(p.name, address(`patterns/${p.slug}/`)))));
  const body = table.createTBody();
  for (const [label, lines] of ROWS) {
    body.insertRow().append(make("th", { scope: "row" }, label), ...found.map((p) => cell(lines(p))));
  }
  const label = `Comparison of ${found.map((p) => p.name).join(", ")}`;
  root.append(make("div", { className: "wh-scroll", tabIndex: 0, role: "region", "aria-label": label }, table));
  document.title = `${found.map((p) => p.name).join(" or ")}? · ${document.title.split(" · ").at(-1)}`;
}

/** A pattern's public data; null where there is no such pattern, or no network. */
async function pattern(slug: string): Promise<Pattern | null> {
  try {
    const answer = await fetch(address(`api/patterns/${slug}.json`));
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function cell(lines: readonly string[]): HTMLTableCellElement {
  if (lines.length < 2) return make("td", {}, lines[0] ?? "none given");
  return make("td", {}, make("ul", {}, ...lines.map((line) => make("li", {}, line))));
}

const link = (text: string, href: string) => make("a", { href }, text);
