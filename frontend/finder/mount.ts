// The finder above the catalogue: search, facets with counts, order and view, all kept in the address.
import { address, fragment, readdress } from "../address";
import { kept } from "../been/kept";
import { markLinks } from "../been/mount";
import { make } from "../make";
import { painted } from "../painted";
import { PATTERN } from "../search/entry.ts";
import { warm } from "../search/load";
import { outdated } from "../search/stale";
import { choose, setting } from "../settings";
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
  const table = root.querySelector<HTMLElement>(".wh-found__table")!;
  const compare = root.querySelector<HTMLElement>(".wh-finder__compare")!;
  const entries = [...document.querySelectorAll<HTMLLIElement>(".wh-index li[data-slug]")];
  const grouped = [...root.parentElement!.querySelectorAll<HTMLElement>(":scope > :is(h2, .wh-purpose, .wh-index)")]
    .filter((element) => element.compareDocumentPosition(root) & Node.DOCUMENT_POSITION_PRECEDING);
  const marks = kept();
  const items: Item[] = entries.map((li) => {
    const own = { ...li.dataset, been: marks.get(li.dataset["slug"]!) ?? "no" } as Record<string, string | undefined>;
    return {
      slug: li.dataset["slug"]!,
      name: li.querySelector("a")!.firstChild!.textContent!,
      facets: Object.fromEntries(offer.facets.map((facet) => [facet, words(own[facet])])),
    };
  });
  const at = new Map(items.map((item, i) => [item.slug, i]));
  const chosen = new Set<string>();
  let ownLevel = "";
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

  let latest = 0;
  const show = async (choice: Choice, isPressed = false) => {
    const turn = ++latest;
    form.tell(choice);
    if (isPressed) await painted(); // the letter or the tick first; what a next one supersedes is not looked for
    if (turn !== latest) return;
    const slugs = await found(choice.q);
    const on = active(choice, ownLevel) || chosen.size > 0;
    const lines = on && (choice.level || choice.view) ? await briefs() : undefined;
    if (turn !== latest) return;
    const matching = slugs.filter((slug) => at.has(slug)).map((slug) => items[at.get(slug)!]!);
    for (const facet of offer.facets) form.count(facet, counts(matching, choice, facet));
    const shown = matching.filter((item) => fits(item, choice));
    if (choice.sort === "name" || !choice.q) shown.sort((a, b) => a.name.localeCompare(b.name));
    const asTable = choice.view === "table";
    list.hidden = !on || asTable;
    table.hidden = !on || !asTable;
    for (const element of grouped) element.hidden = on;
    status.textContent = on ? `${shown.length} of ${items.length} patterns` : "";
    if (namesOnly) status.append(", by name only. ", ...outdated());
    list.replaceChildren(...(on && !asTable ? shown.map((item) => entryOf(item, lines?.get(item.slug)?.depth[choice.level])) : []));
    table.replaceChildren(...(on && asTable ? [tableOf(shown, choice, lines)] : []));
    if (on) markLinks(root);
    offerToCompare();
  };

  const offerToCompare = () => {
    const link = compare.querySelector("a")!;
    compare.hidden = chosen.size < 2;
    link.href = address(`patterns/compare/?p=${[...chosen].join(",")}`);
    link.textContent = `Compare ${chosen.size} side by side`;
  };

  const levelName = () => form.level.selectedOptions[0]!.text;

  /** A pattern's own entry again, with a line of depth and a box to compare. */
  const entryOf = (item: Item, line?: string) => {
    const copy = entries[at.get(item.slug)!]!.cloneNode(true) as HTMLLIElement;
    if (line) copy.append(make("p", { className: "wh-found__depth" }, make("b", {}, levelName()), ` ${line}`));
    copy.append(boxOf(item, " compare"));
    return copy;
  };

  const tableOf = (shown: readonly Item[], choice: Choice, lines?: Lines) => {
    const made = make("table");
    const heads = ["Pattern", "Category", "Use it when", "Fails by", ...(choice.level ? [levelName()] : []), "Compare"];
    made.createTHead().insertRow().append(...heads.map((text) => make("th", { scope: "col" }, text)));
    const body = made.createTBody();
    for (const item of shown) {
      const one = lines?.get(item.slug);
      const href = entries[at.get(item.slug)!]!.querySelector("a")!.href;
      const texts = [form.named("category", item.facets["category"]?.[0] ?? ""), one?.use ?? "", one?.fails ?? ""];
      if (choice.level) texts.push(one?.depth[choice.level] ?? "");
      const name = make("th", { scope: "row" }, make("a", { href }, item.name));
      const row = body.insertRow();
      row.dataset["slug"] = item.slug;
      row.append(name, ...texts.map((text) => make("td", {}, text)), make("td", {}, boxOf(item, "")));
    }
    return made;
  };

  const boxOf = (item: Item, text: string) => {
    const label = `Compare ${item.name}`;
    const checked = chosen.has(item.slug);
    const box = make("input", { type: "checkbox", checked, disabled: !checked && chosen.size >= MOST, "aria-label": label });
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(item.slug);
      else chosen.delete(item.slug);
      const same = `[data-slug="${item.slug}"] input`;
      void show(form.read()).then(() => root.querySelector<HTMLInputElement>(same)?.focus());
    });
    return make("label", { className: "wh-found__compare", "aria-label": label }, box, text);
  };

  let writing: ReturnType<typeof setTimeout> | undefined;
  const changed = (step: "push" | "replace") => {
    const choice = form.read();
    void show(choice, true);
    clearTimeout(writing);
    const write = () => readdress(location.pathname + serialize(choice), step);
    if (step === "push") write();
    else writing = setTimeout(write, PAUSE); // not with each key: Safari allows 100 in 30 seconds
  };
  const clear = () => {
    ownLevel = setting("level", offer.levels);
    form.write({ ...parse("", offer), level: ownLevel });
    chosen.clear();
  };
  form.element.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("input", () => changed("replace"));
  form.element.addEventListener("change", ({ target }) => {
    if (target === query) return;
    if (target === form.level) {
      ownLevel = ""; // asked for here
      choose("level", form.level.value);
    }
    changed("push");
  });
  root.querySelector("[data-clear]")!.addEventListener("click", () => {
    clear();
    changed("push");
    query.focus();
  });
  const fromAddress = () => {
    const choice = parse(location.search, offer);
    ownLevel = choice.level ? "" : setting("level", offer.levels);
    const own = { ...choice, level: choice.level || ownLevel };
    form.write(own);
    void show(own);
  };
  addEventListener("popstate", fromAddress);
  const early = query.value.trim(); // typed before this was loaded
  fromAddress();
  if (early && !form.read().q) {
    query.value = early;
    changed("replace");
  }

  // A link of the contents leads to a part of the catalogue, also while results stand in its place.
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
    const target = link && document.getElementById(fragment(link.hash));
    if (!target || !grouped.some((part) => part.hidden && part.contains(target))) return;
    event.preventDefault();
    clear();
    for (const element of grouped) element.hidden = false;
    void show(form.read());
    readdress(location.pathname + link.hash, "push");
    target.scrollIntoView();
  });
}

interface Brief { slug: string; use: string; fails: string; depth: Record<string, string> }
type Lines = Map<string, Brief>;
let loaded: Promise<Lines> | undefined;

/** What a candidate of each level says, and a use and a failure, by pattern; empty where it cannot be had. */
const briefs = (): Promise<Lines> =>
  (loaded ??= fetch(address("api/patterns.json"))
    .then((answer) => answer.json())
    .then(({ patterns }: { patterns: Brief[] }) => new Map(patterns.map((one) => [one.slug, one])))
    .catch(() => {
      loaded = undefined;
      return new Map();
    }));

const words = (text = "") => text.split(" ").filter(Boolean);
