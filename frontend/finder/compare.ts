// Two to four patterns side by side, from the public JSON. Text only; nothing is parsed as markup.
import { address } from "../search/load";

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
  const slugs = [...new Set((new URLSearchParams(location.search).get("p") ?? "").split(","))].filter((s) => /^[a-z0-9-]+$/.test(s)).slice(0, 4);
  if (slugs.length < 2) {
    status.replaceChildren("Choose two to four patterns in the ", link("catalogue", address("patterns/")), ": each entry has a box to compare.");
    return;
  }
  const answers = await Promise.all(slugs.map((slug) => fetch(address(`api/patterns/${slug}.json`)).then((a) => (a.ok ? (a.json() as Promise<Pattern>) : null)).catch(() => null)));
  const found = answers.filter((p): p is Pattern => p !== null);
  const missing = slugs.filter((_, i) => !answers[i]);
  if (found.length < 2) {
    status.replaceChildren(`Not found: ${missing.join(", ")}. Choose again in the `, link("catalogue", address("patterns/")), ".");
    return;
  }
  status.textContent = missing.length ? `Not found: ${missing.join(", ")}.` : `${found.length} patterns side by side.`;
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(document.createElement("td"), ...found.map((p) => { const th = cell("th", []); th.scope = "col"; th.append(link(p.name, address(`patterns/${p.slug}/`))); return th; }));
  const body = table.createTBody();
  for (const [label, lines] of ROWS) {
    const tr = body.insertRow();
    const th = cell("th", [label]);
    th.scope = "row";
    tr.append(th, ...found.map((p) => cell("td", lines(p))));
  }
  const box = document.createElement("div");
  box.className = "wh-scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", `Comparison of ${found.map((p) => p.name).join(", ")}`);
  box.append(table);
  root.append(box);
  document.title = `${found.map((p) => p.name).join(" or ")}? · ${document.title.split(" · ").at(-1)}`;
}

function cell(kind: "th" | "td", lines: string[]): HTMLTableCellElement {
  const out = document.createElement(kind);
  if (lines.length < 2) out.textContent = lines[0] ?? (kind === "td" ? "none given" : "");
  else {
    const list = document.createElement("ul");
    list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    out.append(list);
  }
  return out;
}

const link = (text: string, href: string) => Object.assign(document.createElement("a"), { textContent: text, href });
