// The results under the search field: a combobox with a listbox, patterns first, then places in the guide.
import { address } from "../address";
import { make } from "../make";
import { sheet } from "../sheet";
import { browserStore } from "../storage";
import type { Engine, Result } from "./engine.ts";
import { warm } from "./load";
import { areOn, turn } from "./keys";
import { recent, remember } from "./recent";
import { group, option, row } from "./rows";
import { outdated } from "./stale";
import { inVain, keep, PAUSE, report } from "./vain";

export { warm };

const TRY = ["charged twice", "one slow service takes down everything", "feed misses posts", "cold cache after deploy"];
const MOST = 30; // results, all of them
const COMPOSING = 229; // what Safari reports for the key that commits a composed word
const store = browserStore();
let lists = 0;

/** The search of a form, once its style is there. */
export async function begin(form: HTMLFormElement): Promise<void> {
  await sheet(document.documentElement.dataset["results"]!);
  mount(form);
}

function mount(form: HTMLFormElement): void {
  const input = form.querySelector("input")!;
  const id = `results-${++lists}`;
  const list = make("div", { id, role: "listbox", "aria-label": "Results" });
  const says = make("p", { role: "status" });
  const keys = singleKeys();
  const box = make("div", { className: "wh-results", hidden: true, tabIndex: -1 }, says, list, keys); // what scrolls is no stop for Tab
  form.append(box);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", "aria-haspopup": "listbox",
  })) input.setAttribute(name, value);
  let at = -1;
  let isScrolled = false;
  box.addEventListener("scroll", () => (isScrolled = true), { passive: true });
  let isBack = false; // the field gets the focus back, and no list with it
  const focus = () => {
    isBack = true;
    input.focus();
    isBack = false;
  };
  let vain: ReturnType<typeof setTimeout> | undefined;

  const options = () => [...list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  const open = (on: boolean) => {
    box.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) select(-1);
  };
  const select = (next: number) => {
    at = next;
    options().forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    const chosen = options()[at];
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", chosen.id);
    if (at) chosen.scrollIntoView({ block: "nearest" });
    else if (isScrolled) box.scrollTop = 0; // asked for at each key press, it would make the browser lay out twice
  };
  const show = (status: (Node | string)[], groups: HTMLElement[], first: number) => {
    says.replaceChildren(...status);
    options()[at]?.setAttribute("aria-selected", "false");
    renew(list, groups);
    keys.hidden = input.value.trim() !== "";
    open(true);
    select(first);
  };

  /** Before anything is typed: the last searches, and symptoms to try. */
  const invite = () => {
    const last = recent(store);
    const ask = (text: string, i: number) => {
      const link = option(`${id}-ask-${i}`, address(`patterns/?q=${encodeURIComponent(text)}`), text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        input.value = text;
        input.focus();
        void run();
      });
      return link;
    };
    const groups = last.length ? [group("Searched before", last.map(ask))] : [];
    const symptoms = group("Try a symptom", TRY.map((text, i) => ask(text, i + last.length)));
    show(["A name, half a name, or what hurts."], [...groups, symptoms], -1);
  };

  const run = async () => {
    const query = input.value.trim();
    clearTimeout(vain);
    if (!query) return document.activeElement === input ? invite() : open(false);
    let engine: Engine;
    try {
      engine = await warm();
    } catch {
      return show(["The search could not be loaded. ", ...outdated(), " ", aToZ(), " has every name."], [], -1);
    }
    if (input.value.trim() === query) answer(query, engine, false);
  };

  /** The results that are worth reading, or all. */
  const answer = (query: string, engine: Engine, all: boolean) => {
    const { results, shown, beside, meant, nearest } = engine.search(query, MOST);
    if (nearest) return nothing(query, results);
    const read = results.slice(0, all ? MOST : shown);
    let from = 0;
    const groups = grouped(read, engine.groups).map(([heading, found]) => {
      from += found.length;
      return group(heading, found.map((result, i) => row(result, `${id}-${from - found.length + i}`)));
    });
    const more: HTMLElement[] = [];
    if (beside) {
      const [one, other] = beside;
      const slugs = beside.map(({ url }) => url.split("/")[1]).join(",");
      const text = `Compare ${one.title} and ${other.title}`;
      more.push(option(`${id}-beside`, address(`patterns/compare/?p=${slugs}`), make("b", {}, text)));
    }
    if (read.length < results.length) {
      const rest = option(`${id}-all`, address(`patterns/?q=${encodeURIComponent(query)}`), make("b", {}, `All ${results.length} results`));
      rest.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation();
        focus();
        answer(query, engine, true);
      });
      more.push(rest);
    }
    const count = `${read.length} ${read.length === 1 ? "result" : "results"}`;
    const status = meant ? [`${count}. Did you mean: `, correction(meant), "?"] : [count];
    show(status, more.length ? [...groups, group("More", more)] : groups, 0);
  };

  /** A spelling is offered: it is taken by a click, not by us. */
  const correction = (text: string) => {
    const button = make("button", { type: "button", className: "wh-link" }, text);
    button.addEventListener("click", () => {
      input.value = text;
      input.focus();
      void run();
    });
    return button;
  };

  const nothing = (query: string, near: readonly Result[]) => {
    const repository = document.documentElement.dataset["repo"]!;
    const propose = make("a", { href: proposal(query) }, "Propose a pattern");
    const links: (Node | string)[] = ["Nothing found. ", propose, ", or look at ", aToZ(), "."];
    const before = inVain(store);
    const send = `Send the ${before.length} searches that found nothing`;
    if (before.length) links.push(" ", make("a", { href: report(repository, before) }, send), ".");
    show(links, near.length ? [group("Nearest names", near.map((result, i) => row(result, `${id}-${i}`)))] : [], -1);
    vain = setTimeout(() => keep(store, query), PAUSE);
  };

  input.addEventListener("input", run);
  input.addEventListener("focus", () => isBack || void run());
  input.addEventListener("click", () => box.hidden && void run());
  list.addEventListener("click", () => remember(store, input.value));
  form.addEventListener("submit", () => remember(store, input.value));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === COMPOSING) return; // keys of an input method are not ours
    const n = options().length;
    if (event.key === "ArrowDown" && n) select((at + 1) % n);
    else if (event.key === "ArrowUp" && n) select((at - 1 + n) % n);
    else if (event.key === "Escape" && box.hidden) input.value = "";
    else if (event.key === "Enter" && options()[at]) options()[at].click();
    else return;
    event.preventDefault();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || box.hidden) return;
    event.preventDefault();
    focus();
    open(false);
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target as Node)) open(false);
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget as Node)) open(false);
  });
  void run();
}

/** What stands there already stays: the browser lays out and paints only what a key press changed. */
function renew(within: Element, fresh: readonly Element[]): void {
  fresh.forEach((one, i) => {
    const was = within.children[i];
    if (!was) within.append(one);
    else if (was.isEqualNode(one)) return;
    else if (one.cloneNode().isEqualNode(was.cloneNode()) && one.role === "group") renew(was, [...one.children]);
    else was.replaceWith(one);
  });
  while (within.children.length > fresh.length) within.lastElementChild!.remove();
}

const aToZ = () => make("a", { href: address("patterns/a-z/") }, "the list from A to Z");

/** Whether single keys do anything: to be switched off by those whom it disturbs. */
function singleKeys(): HTMLElement {
  const tick = make("input", { type: "checkbox", checked: areOn(store) });
  tick.addEventListener("change", () => turn(store, tick.checked));
  const says = " Single keys: / s f open the search, letters and digits serve in practice";
  return make("p", { className: "wh-results__keys" }, make("label", {}, tick, says));
}

const proposal = (name: string) =>
  `${document.documentElement.dataset["repo"]}/issues/new?template=new-pattern.yml&name=${encodeURIComponent(name)}`;

/** Results below the headings of their kinds; the best by itself, where it would not stand first. */
function grouped(results: readonly Result[], headings: readonly string[]): [string, Result[]][] {
  const best = results[0].kind.group === headings[0] ? [] : [results[0]];
  const rest = results.filter((result) => !best.includes(result));
  const all = headings.map((heading): [string, Result[]] => [heading, rest.filter(({ kind }) => kind.group === heading)]);
  const every: [string, Result[]][] = [["Best match", best], ...all];
  return every.filter(([, found]) => found.length);
}
