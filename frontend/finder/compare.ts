// Two to four patterns side by side, from the public JSON. Text only; nothing is parsed as markup.
import { address, readdress } from "../address";
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
  const fields = picker(root.querySelector<HTMLFormElement>("form")!);
  const site = document.title.split(" · ").at(-1);
  const title = document.title;
  const pairs = root.querySelector<HTMLElement>(".wh-pairs")!;
  const slot = make("div");
  root.append(slot);

  let latest = 0;
  const show = async () => {
    const turn = ++latest;
    const asked = (new URLSearchParams(location.search).get("p") ?? "").split(",").filter((slug) => /^[a-z0-9-]+$/.test(slug));
    const slugs = [...new Set(asked)].slice(0, fields.length);
    fields.forEach((field, i) => (field.value = slugs[i] ?? ""));
    const answers = slugs.length < 2 ? [] : await Promise.all(slugs.map(pattern));
    if (turn !== latest) return;
    const found = answers.filter((p): p is Pattern => typeof p === "object" && p !== null);
    const those = (what: null | undefined) => slugs.filter((_, i) => i < answers.length && answers[i] === what).join(", ");
    const missing = those(null), silent = those(undefined);
    const lost = (missing && `Not found: ${missing}. `) + (silent && `Could not be loaded: ${silent}. `);
    document.title = title;
    pairs.hidden = found.length > 1; // the table has their place
    if (found.length < 2) {
      status.textContent = `${lost}Choose two to four patterns, or a pair below.`;
      slot.replaceChildren();
      return;
    }
    status.textContent = lost || `${found.length} patterns side by side.`;
    slot.replaceChildren(tableOf(found));
    document.title = `${found.map((p) => p.name).join(" or ")}? · ${site}`;
  };
  for (const field of fields) {
    field.addEventListener("change", () => {
      const chosen = [...new Set(fields.map(({ value }) => value).filter(Boolean))];
      readdress(location.pathname + (chosen.length ? `?p=${chosen.join(",")}` : ""), "push");
      void show();
    });
  }
  addEventListener("popstate", show);
  await show();
}

/** A field for each place side by side; the page lists the choices once, in the first. */
function picker(form: HTMLFormElement): HTMLSelectElement[] {
  form.addEventListener("submit", (event) => event.preventDefault());
  const [first, ...others] = form.querySelectorAll("select");
  for (const one of others) one.replaceChildren(...first!.cloneNode(true).childNodes);
  return [first!, ...others];
}

function tableOf(found: readonly Pattern[]): HTMLElement {
  const table = make("table");
  const head = table.createTHead().insertRow();
  head.append(make("td"), ...found.map((p) => make("th", { scope: "col" }, link(p.name, address(`patterns/${p.slug}/`)))));
  const body = table.createTBody();
  for (const [label, lines] of ROWS) {
    body.insertRow().append(make("th", { scope: "row" }, label), ...found.map((p) => cell(lines(p))));
  }
  const label = `Comparison of ${found.map((p) => p.name).join(", ")}`;
  return make("div", { className: "wh-scroll", tabIndex: 0, role: "region", "aria-label": label }, table);
}

/** A pattern's public data; null where there is no such pattern, undefined where host or network give no answer. */
async function pattern(slug: string): Promise<Pattern | null | undefined> {
  try {
    const answer = await fetch(address(`api/patterns/${slug}.json`));
    return answer.ok ? await answer.json() : answer.status < 500 ? null : undefined;
  } catch {
    return undefined;
  }
}

function cell(lines: readonly string[]): HTMLTableCellElement {
  if (lines.length < 2) return make("td", {}, lines[0] ?? "none given");
  return make("td", {}, make("ul", {}, ...lines.map((line) => make("li", {}, line))));
}

const link = (text: string, href: string) => make("a", { href }, text);
