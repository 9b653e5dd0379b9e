// The finder above the catalogue: search, facets with counts, order and view, all kept in the address.
import { PATTERN } from "../search/entry.ts";
import { address, warm } from "../search/load";
import { active, counts, FACETS, fits, parse, serialize, type Choice, type Item } from "./state";

const MOST = 4; // patterns side by side

export function mount(root: HTMLElement): void {
  const form = root.querySelector("form")!;
  const query = form.querySelector<HTMLInputElement>("[type=search]")!;
  const status = root.querySelector<HTMLElement>(".wh-finder__status")!;
  const list = root.querySelector<HTMLOListElement>(".wh-found")!;
  const compare = root.querySelector<HTMLElement>(".wh-finder__compare")!;
  const entries = [...document.querySelectorAll<HTMLLIElement>(".wh-index li[data-slug]")];
  const grouped = [...root.parentElement!.children].filter((e) => e.compareDocumentPosition(root) & Node.DOCUMENT_POSITION_PRECEDING && e.matches("h2, .wh-purpose, .wh-index")) as HTMLElement[];
  const items: Item[] = entries.map((li) => ({
    slug: li.dataset.slug!,
    name: li.querySelector("a")!.textContent!,
    facets: { phase: words(li.dataset.phase), category: words(li.dataset.category), trades: words(li.dataset.trades), code: words(li.dataset.code) },
  }));
  const at = new Map(items.map((item, i) => [item.slug, i]));
  const chosen = new Set<string>();
  root.hidden = false;

  const read = (): Choice => ({
    q: query.value.trim(),
    facets: Object.fromEntries(
      FACETS.map((f) => [f, [...form.querySelectorAll<HTMLInputElement>(`[name=${f}]:checked`)].map((box) => box.value)]),
    ) as unknown as Choice["facets"],
    sort: form.sort.value,
    view: form.view.value,
    level: form.level.value,
  });

  const write = (choice: Choice) => {
    query.value = choice.q;
    for (const f of FACETS) for (const box of form.querySelectorAll<HTMLInputElement>(`[name=${f}]`)) box.checked = choice.facets[f].includes(box.value);
    form.sort.value = choice.sort;
    form.view.value = choice.view;
    form.level.value = choice.level;
    if (FACETS.some((f) => choice.facets[f].length)) form.querySelector("details")!.open = true;
  };

  const show = async (choice: Choice) => {
    let found = items.map((item) => item.slug);
    if (choice.q) {
      try {
        const answer = (await warm()).search(choice.q, 60, (entry) => entry.kind === PATTERN);
        found = answer.results.map((r) => r.entry.url.split("/").filter(Boolean).at(-1)!);
      } catch {
        const text = choice.q.toLowerCase(); // the index could not be loaded: names still work
        found = items.filter((item) => item.name.toLowerCase().includes(text)).map((item) => item.slug);
      }
      if (query.value.trim() !== choice.q) return;
    }
    const lines = choice.level ? await depth() : undefined;
    const matching = found.filter((slug) => at.has(slug)).map((slug) => items[at.get(slug)!]);
    for (const f of FACETS) {
      const n = counts(matching, choice, f);
      for (const box of form.querySelectorAll<HTMLInputElement>(`[name=${f}]`)) box.parentElement!.querySelector(".wh-count")!.textContent = String(n.get(box.value) ?? 0);
    }
    let shown = matching.filter((item) => fits(item, choice));
    if (choice.sort === "name" || !choice.q) shown = [...shown].sort((a, b) => a.name.localeCompare(b.name));
    const on = active(choice) || chosen.size > 0;
    list.hidden = !on;
    for (const element of grouped) element.hidden = on;
    status.textContent = on ? `${shown.length} of ${items.length} patterns` : "";
    list.classList.toggle("wh-found--table", choice.view === "table");
    list.replaceChildren(...(on ? shown.map((item) => row(entries[at.get(item.slug)!], item, choice.level && lines?.get(item.slug)?.[choice.level])) : []));
    const link = compare.querySelector("a")!;
    compare.hidden = chosen.size < 2;
    link.href = `compare/?p=${[...chosen].join(",")}`;
    link.textContent = `Compare ${chosen.size} side by side`;
  };

  const row = (li: HTMLLIElement, item: Item, depth?: string) => {
    const copy = li.cloneNode(true) as HTMLLIElement;
    if (depth) {
      const line = document.createElement("p");
      line.className = "wh-found__depth";
      line.append(Object.assign(document.createElement("b"), { textContent: form.level.selectedOptions[0]!.text }), ` ${depth}`);
      copy.append(line);
    }
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = chosen.has(item.slug);
    box.disabled = !box.checked && chosen.size >= MOST;
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(item.slug);
      else chosen.delete(item.slug);
      void show(read()).then(() => list.querySelector<HTMLInputElement>(`[data-slug="${item.slug}"] input`)?.focus());
    });
    label.append(box, " compare");
    label.className = "wh-found__compare";
    label.setAttribute("aria-label", `Compare ${item.name}`);
    box.setAttribute("aria-label", `Compare ${item.name}`);
    copy.append(label);
    return copy;
  };

  const changed = (step: "push" | "replace") => {
    const choice = read();
    history[`${step}State`](null, "", location.pathname + serialize(choice));
    void show(choice);
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("input", () => changed("replace"));
  form.addEventListener("change", (event) => event.target !== query && changed("push"));
  form.querySelector("[data-clear]")!.addEventListener("click", () => {
    write(parse(""));
    chosen.clear();
    changed("push");
    query.focus();
  });
  addEventListener("popstate", () => {
    const choice = parse(location.search);
    write(choice);
    void show(choice);
  });
  write(parse(location.search));
  void show(read());
}

type Lines = Map<string, Record<"mid" | "senior" | "staff", string>>;
let loaded: Promise<Lines> | undefined;

/** What a candidate of each level says, by pattern; empty where it cannot be had. */
const depth = (): Promise<Lines> =>
  (loaded ??= fetch(address("api/patterns.json"))
    .then((answer) => answer.json())
    .then(({ patterns }: { patterns: { slug: string; depth: Record<"mid" | "senior" | "staff", string> }[] }) => new Map(patterns.map((p) => [p.slug, p.depth])))
    .catch(() => {
      loaded = undefined;
      return new Map();
    }));

const words = (text = "") => text.split(" ").filter(Boolean);
