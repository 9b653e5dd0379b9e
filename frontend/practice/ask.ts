// "Ask me": the reader chooses, says each answer aloud, looks, and grades; the log keeps it. The states are in sitting.ts.
import { address, fragment, readdress } from "../address";
import { explain } from "../later";
import { make } from "../make";
import { areOn } from "../search/keys";
import { browserStore } from "../storage";
import type { Card, Deck } from "./cards";
import { now } from "./clock";
import { deck, followUps } from "./deck";
import { dayNamed, dayOf, ofKind, settings, type Grade, type Logged } from "./events";
import { askToKeep, log } from "./log";
import { answered, due, remembered, type Memory } from "./memory";
import { inDays, parts, said } from "./parts";
import { begun, chosen, counts, graded, picked, tally, without, type Choice, type Sitting, type Today } from "./sitting";

export async function mount(box: HTMLElement): Promise<void> {
  const { one, say } = parts(box), store = browserStore();
  const from = one<HTMLSelectElement>("from"), more = one<HTMLInputElement>("more"), date = one<HTMLInputElement>("date");
  const counted = one("counts"), show = one("show"), back = one("back");
  let all: Deck, memories: Map<string, Memory>, interview = NaN;
  try {
    all = await deck();
    ({ cards: memories } = await recall());
  } catch {
    counted.textContent = say("failed");
    return;
  }
  let cards = all.cards;
  let known = new Map(cards.map((card) => [card.id, card]));
  let sitting: Sitting | undefined, session = "";
  const stored: Logged[] = []; // the answers of this sitting, the last to be undone first

  async function recall() {
    const events = await log.events();
    const day = settings(events).get("interview");
    interview = day ? dayNamed(day) : NaN;
    date.value = day ?? "";
    return remembered(ofKind(events, "review"));
  }
  const today = (): Today => ({ day: now(), interview });

  // --- choosing -----------------------------------------------------------------------------------------------------------

  const group = (label: string, entries: [string, string][]) => {
    const made = make("optgroup", { label });
    for (const [value, name] of entries) made.append(make("option", { value }, name));
    from.append(made);
  };
  const owners = (kind: string) => Object.entries(all.owners).filter(([place]) => place.startsWith(`${kind}s/`))
    .map(([place, { name }]): [string, string] => [place.replace("s/", "="), name]).sort((a, b) => a[1].localeCompare(b[1], "en"));
  group("Category", Object.entries(all.categories).map(([slug, name]) => [`category=${slug}`, name]));
  group("Phase", Object.entries(all.phases).map(([slug, name]) => [`phase=${slug}`, name]));
  group("Problem, with its patterns", owners("problem"));
  group("One pattern", owners("pattern"));

  /** What the address asks for: #pattern=saga, #missed, ?pattern=saga,retry, by which plans lead here, ?problem=chat, or ?p=saga. */
  const named = (): Choice | undefined => {
    const p = new URLSearchParams(location.search).get("p"), asked = fragment(location.hash);
    if (/^all$|^missed$|=/.test(asked)) return asked; // others lead to a heading
    return p ? `pattern=${p}` : fragment(location.search) || undefined;
  };
  const fitting = (): Card[] => {
    const test = chosen(all, from.value, memories, now());
    return cards.filter(test ?? (() => true));
  };
  const count = () => {
    const { due, fresh, missed } = counts(fitting(), memories, today());
    counted.textContent = say("counts", due, fresh, missed);
  };
  const follow = () => {
    const asked = named();
    if (asked === undefined) return;
    from.value = asked;
    if (from.selectedIndex < 0 && asked.includes(",") && chosen(all, asked, memories, now())) { // several patterns, of a plan
      const names = asked.slice("pattern=".length).split(",").map((slug) => all.owners[`patterns/${slug}`]!.name);
      from.append(make("option", { value: asked, selected: true }, names.join(", ")));
    }
    if (from.selectedIndex < 0) from.value = "all";
    count();
    if (from.value !== asked) counted.textContent = say("unknown");
  };
  from.addEventListener("change", () => {
    readdress(from.value === "all" ? location.pathname : `${location.pathname}#${from.value}`);
    count();
  });
  more.addEventListener("change", async () => {
    try {
      cards = more.checked ? [...all.cards, ...(await followUps())] : all.cards;
    } catch {
      more.checked = false;
      void explain();
      return;
    }
    known = new Map(cards.map((card) => [card.id, card]));
    count();
  });
  date.addEventListener("change", async () => {
    await log.append({ k: "set", name: "interview", value: date.value || null });
    interview = date.value ? dayNamed(date.value) : NaN;
    count();
  });

  // --- asking -------------------------------------------------------------------------------------------------------------

  const stage = (name: "choose" | "card" | "end") => {
    for (const each of ["choose", "card", "end"]) one(each).hidden = each !== name;
  };
  const choose = () => {
    stage("choose");
    count();
  };
  const start = () => {
    const size = Number(box.querySelector<HTMLInputElement>("[name=size]:checked")!.value);
    const early = from.value === "missed" || from.value.startsWith("pattern=");
    const ids = picked(all, fitting(), memories, today(), size, early).map(({ id }) => id);
    if (!ids.length) {
      choose();
      counted.textContent = say("nothing");
      return;
    }
    sitting = begun(ids);
    session = ids[0]! + Date.now().toString(36);
    stored.length = 0;
    ask();
  };
  const ask = () => {
    const card = known.get(sitting?.queue[0] ?? "");
    if (!sitting || !card) return end();
    stage("card");
    const owner = all.owners[card.of]!;
    one("place").textContent = say("place", sitting.done.length, sitting.queue.length);
    one<HTMLButtonElement>("undo").disabled = !sitting.before;
    one("question").replaceChildren(...said(card.question));
    one("answer").replaceChildren(...said(card.answer));
    const page = one<HTMLAnchorElement>("page"), source = one<HTMLAnchorElement>("source");
    page.textContent = owner.name;
    page.href = address(`${card.of}/#${card.id.includes("~") ? "follow-ups" : `card-${card.id}`}`);
    one("why").replaceChildren(...said(owner.why));
    source.textContent = owner.source.title;
    source.href = owner.source.url;
    for (const grade of [2, 3, 4] as const) {
      const after = answered(memories.get(card.id), grade, now());
      one(`next-${grade}`).textContent = inDays(due(card.id, after, interview) - now());
    }
    one("aloud").hidden = show.hidden = false;
    back.hidden = true;
    one("question").focus();
  };
  const reveal = () => {
    one("aloud").hidden = show.hidden = true;
    back.hidden = false;
    one("answer").focus();
  };
  let busy = false; // one answer after the other, however fast the keys
  const once = (work: () => Promise<void>) => async () => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  };
  const grade = (value: Grade) => once(async () => {
    const card = sitting?.queue[0];
    if (!sitting || card === undefined || back.hidden) return;
    const event = await log.append({ k: "review", card, grade: value, s: session });
    stored.push(event);
    memories.set(card, answered(memories.get(card), value, dayOf(event.at, event.tz)));
    sitting = graded(sitting, value);
    ask();
  })();
  const undo = once(async () => {
    const last = stored.pop();
    if (!sitting?.before || !last) return;
    await log.undo(last.id);
    ({ cards: memories } = await recall());
    sitting = sitting.before;
    ask();
    reveal();
  });
  const end = () => {
    stage("end");
    const { asked, first, missed } = tally(sitting!);
    one("tally").textContent = say("tally", asked, first);
    const list = one("list"), links = missed.map((id) => known.get(id)).filter((card) => card !== undefined);
    list.replaceChildren(...links.map(({ of, id, question }) =>
      make("li", {}, make("a", { href: address(`${of}/#${id.includes("~") ? "follow-ups" : `card-${id}`}`) }, ...said(question)))));
    if (links.length) one("tally").append(" ", say("missed"));
    const soon = (days: number) => [...memories].filter(([id, m]) => known.has(id) && due(id, m, interview) <= now() + days).length;
    one("after").textContent = say("after", soon(1), soon(7));
    one<HTMLButtonElement>("take-back").disabled = !sitting!.before;
    one("ended").focus();
    if (asked) void askToKeep();
  };

  one("start").addEventListener("click", start); // no form: there is nothing to send
  show.addEventListener("click", reveal);
  for (const button of box.querySelectorAll<HTMLButtonElement>("[data-grade]")) {
    button.addEventListener("click", () => void grade(Number(button.dataset["grade"]) as Grade));
  }
  for (const name of ["undo", "take-back"]) one(name).addEventListener("click", () => void undo());
  one("stop").addEventListener("click", end);
  one("again").addEventListener("click", start);
  one("back-to").addEventListener("click", () => {
    choose();
    from.focus();
  });
  addEventListener("keydown", (event) => {
    if (one("card").hidden || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const { target, key } = event, typing = target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
    if (typing) return;
    const pressed = target instanceof Element && target.closest("a, button, summary"); // has Enter and space for itself
    if (back.hidden && (key === " " || key === "Enter") && !pressed) reveal();
    else if (!back.hidden && /^[1-4]$/.test(key) && areOn(store)) void grade(Number(key) as Grade);
    else if (key === "u" && areOn(store)) void undo();
    else return;
    event.preventDefault();
  });
  addEventListener("hashchange", () => {
    if (one("card").hidden) follow();
  });
  log.subscribe(async (added) => {
    const others = ofKind(added, "review").filter(({ s }) => s !== session);
    if (added.length && !others.length) return;
    ({ cards: memories } = await recall());
    if (sitting) sitting = without(sitting, new Set(others.map(({ card }) => card)));
    if (!one("choose").hidden) count();
  });
  choose();
  follow();
  one<HTMLButtonElement>("start").disabled = false;
}
