// The finder above the catalogue: search, facets with counts, order and view, all kept in the address.
import { address } from "../address";
import { make } from "../make";
import { PATTERN } from "../search/entry.ts";
import { warm } from "../search/load";
import { outdated } from "../search/stale";
import { Form } from "./form";
import { active, counts, fits, parse, serialize, type Choice, type Item } from "./state";

const MOST = 4; // patterns side by side
const PAUSE = 400; // milliseconds without a key, after which the address is written
const RESULTS = 60; // of a search, before facets narrow it

export function mount(root: HTMLElement): void {
  const form = new Form(root.querySelector("form")!);
  const { query, offer } = form;
  const status = root.querySelector<HTMLElement>(".wh-finder__status")!;
  const list = root.querySelector<HTMLOListElement>(".wh-found")!;
  const compare = root.querySelector<HTMLElement>(".wh-finder__compare")!;
  const entries = [...document.querySelectorAll<HTMLLIElement>(".wh-index li[data-slug]")];
  const grouped = [...root.parentElement!.querySelectorAll<HTMLElement>(":scope > :is(h2, .wh-purpose, .wh-index)")]
    .filter((element) => element.compareDocumentPosition(root) & Node.DOCUMENT_POSITION_PRECEDING);
  const items: Item[] = entries.map((li) => ({
    slug: li.dataset["slug"]!,
    name: li.querySelector("a")!.textContent!,
    facets: Object.fromEntries(offer.facets.map((facet) => [facet, words(li.dataset[facet])])),
  }));
  const at = new Map(items.map((item, i) => [item.slug, i]));
  const chosen = new Set<string>();
  root.hidden = false;

  /** Slugs that the query finds, the best first; without the index, names still work. */
  let namesOnly = false;
  const found = async (q: string): Promise<string[]> => {
    namesOnly = false;
    if (!q) return items.map((item) => item.slug);
    try {
      const { results, nearest } = (await warm()).search(q, RESULTS, (entry) => entry.kind === PATTERN);
      return nearest ? [] : results.map(({ entry }) => entry.url.split("/").filter(Boolean).at(-1)!);
    } catch {
      namesOnly = true;
      return items.filter((item) => item.name.toLowerCase().includes(q.toLowerCase())).map((item) => item.slug);
    }
  };

  const show = async (choice: Choice) => {
    const slugs = await found(choice.q);
    const lines = choice.level ? await depth() : undefined;
    if (query.value.trim() !== choice.q) return;
    const matching = slugs.filter((slug) => at.has(slug)).map((slug) => items[at.get(slug)!]);
    for (const facet of offer.facets) form.count(facet, counts(matching, choice, facet));
    const shown = matching.filter((item) => fits(item, choice));
    if (choice.sort === "name" || !choice.q) shown.sort((a, b) => a.name.localeCompare(b.name));
    const on = active(choice) || chosen.size > 0;
    list.hidden = !on;
    for (const element of grouped) element.hidden = on;
    status.textContent = on ? `${shown.length} of ${items.length} patterns` : "";
    if (namesOnly) status.append(", by name only. ", ...outdated());
    list.classList.toggle("wh-found--table", choice.view === "table");
    const row = (item: Item) => entryOf(item, lines?.get(item.slug)?.[choice.level]);
    list.replaceChildren(...(on ? shown.map(row) : []));
    offerToCompare();
  };

  const offerToCompare = () => {
    const link = compare.querySelector("a")!;
    compare.hidden = chosen.size < 2;
    link.href = address(`patterns/compare/?p=${[...chosen].join(",")}`);
    link.textContent = `Compare ${chosen.size} side by side`;
  };

  /** A pattern's own entry again, with a line of depth and a box to compare. */
  const entryOf = (item: Item, line?: string) => {
    const copy = entries[at.get(item.slug)!].cloneNode(true) as HTMLLIElement;
    const level = form.level.selectedOptions[0]!.text;
    if (line) copy.append(make("p", { className: "wh-found__depth" }, make("b", {}, level), ` ${line}`));
    const label = `Compare ${item.name}`;
    const checked = chosen.has(item.slug);
    const box = make("input", { type: "checkbox", checked, disabled: !checked && chosen.size >= MOST, "aria-label": label });
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(item.slug);
      else chosen.delete(item.slug);
      const same = `[data-slug="${item.slug}"] input`;
      void show(form.read()).then(() => list.querySelector<HTMLInputElement>(same)?.focus());
    });
    copy.append(make("label", { className: "wh-found__compare", "aria-label": label }, box, " compare"));
    return copy;
  };

  let writing: ReturnType<typeof setTimeout> | undefined;
  const changed = (step: "push" | "replace") => {
    const choice = form.read();
    void show(choice);
    clearTimeout(writing);
    const write = () => {
      try {
        history[`${step}State`](null, "", location.pathname + serialize(choice));
      } catch {
        // a browser allows so many a minute; the results stand, only the address is behind
      }
    };
    if (step === "push") write();
    else writing = setTimeout(write, PAUSE); // not with each key: Safari allows 100 in 30 seconds
  };
  form.element.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("input", () => changed("replace"));
  form.element.addEventListener("change", (event) => event.target !== query && changed("push"));
  root.querySelector("[data-clear]")!.addEventListener("click", () => {
    form.write(parse("", offer));
    chosen.clear();
    changed("push");
    query.focus();
  });
  const fromAddress = () => {
    const choice = parse(location.search, offer);
    form.write(choice);
    void show(choice);
  };
  addEventListener("popstate", fromAddress);
  fromAddress();
}

interface Brief { slug: string; depth: Record<string, string> }
type Lines = Map<string, Brief["depth"]>;
let loaded: Promise<Lines> | undefined;

/** What a candidate of each level says, by pattern; empty where it cannot be had. */
const depth = (): Promise<Lines> =>
  (loaded ??= fetch(address("api/patterns.json"))
    .then((answer) => answer.json())
    .then(({ patterns }: { patterns: Brief[] }) => new Map(patterns.map(({ slug, depth }) => [slug, depth])))
    .catch(() => {
      loaded = undefined;
      return new Map();
    }));

const words = (text = "") => text.split(" ").filter(Boolean);
