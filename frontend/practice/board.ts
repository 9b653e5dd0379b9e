// "Where you stand": fills the board that stands in the page. The states are in standing.ts.
import { address } from "../address";
import { counted, parse } from "../checklists/state";
import { make } from "../make";
import { browserStore } from "../storage";
import type { Card } from "./cards";
import { now } from "./clock";
import { curve } from "./curve";
import { deck, plans } from "./deck";
import { dayNamed, ofKind, settings } from "./events";
import { log } from "./log";
import { missedLately, remembered } from "./memory";
import { own } from "./own";
import { parts } from "./parts";
import { SETTING } from "./plans";
import { asked, next, readMarks, rehearsed, stand, type Stand } from "./standing";

const ENOUGH = 20; // answers before a share of them says anything

export async function mount(box: HTMLElement): Promise<void> {
  const { one, say } = parts(box), store = browserStore(), all = await deck();
  const cards = new Map<string, Card[]>();
  for (const card of all.cards) cards.set(card.of, [...(cards.get(card.of) ?? []), card]);

  const show = async () => {
    const events = await log.events(), day = settings(events).get("interview");
    const { cards: memories, foresight } = remembered(ofKind(events, "review"));
    const today = { day: now(), interview: day ? dayNamed(day) : NaN };
    const read = readMarks(store.read("wh-read")), done = rehearsed(events), { ticked } = parse(store.read("wh-checklists"));
    const stands = new Map<string, Stand>();
    for (const place of Object.keys(all.owners)) {
      stands.set(place, stand(cards.get(place) ?? [], memories, read.has(place.replace("patterns/", "")), today));
    }

    for (const row of box.querySelectorAll<HTMLElement>("[data-pattern]")) {
      const place = `patterns/${row.dataset["pattern"]}`, { state, held, cards: of, due } = stands.get(place)!;
      const text = state === "shaky" ? (due ? say("shaky-due", due) : say("shaky", held, of)) : say(state);
      mark(row, state, text);
      row.querySelector("a")!.href = state === "unread" ? address(`${place}/`) : address(`practice/ask/#${asked(place)}`);
    }
    for (const group of box.querySelectorAll<HTMLElement>("[data-category]")) {
      const rows = group.querySelectorAll(".wh-state"), known = group.querySelectorAll('.wh-state[data-state="known"]');
      group.querySelector('[data-part="sum"]')!.textContent = say("sum", known.length, rows.length);
    }
    for (const row of box.querySelectorAll<HTMLElement>("[data-problem]")) {
      const times = done.get(row.dataset["problem"]!);
      const last = times && new Date(times.last).toLocaleDateString("en-US", { dateStyle: "medium" });
      mark(row, times ? "known" : "unread", times ? say("rehearsed", times.times, last!) : say("not-rehearsed"));
    }
    for (const row of box.querySelectorAll<HTMLElement>("[data-phase]")) {
      const of = Number(row.dataset["of"]), mine = [...ticked].filter((id) => id.startsWith(`${row.dataset["phase"]}.`));
      const count = counted(ticked, mine);
      mark(row, count >= of ? "known" : count ? "shaky" : "unread", say("ticked", Math.min(count, of), of));
    }

    const due = [...stands.values()].reduce((sum, s) => sum + s.due, 0), known = all.cards.filter(({ id }) => memories.has(id)).length;
    const missed = all.cards.filter(({ id }) => missedLately(memories.get(id), today.day)).length;
    one("due").textContent = !known ? say("first")
      : due || missed ? say("due", due, missed, known, all.cards.length) : say("due-none", known, all.cards.length);
    one("next").replaceChildren(...next(all, stands, memories, today, new Set(done.keys())).map(({ say: name, values, place }) =>
      make("li", {}, make("a", { href: address(place) }, say(`next-${name}`, ...values)))));
    one("today").hidden = true;
    const mine = settings(events).has(SETTING) ? own(all, await plans().catch(() => []), events, store) : null;
    const days = mine && mine !== "damaged" ? mine.laid.days : [];
    const steps = days.find(({ day: date }) => date === today.day)?.steps ?? [], [first] = steps;
    if (first) {
      one("today").hidden = false;
      one("today").replaceChildren(
        say("today"), " ", make("a", { href: address(first.place) }, first.say), ", ",
        steps.length > 1 ? say("today-more", first.minutes, steps.length - 1) : say("today-one", first.minutes), " ",
        make("a", { href: address("practice/plan/") }, say("today-plan")),
      );
    }
    const share = (part: number) => Math.round((100 * part) / foresight.answers);
    one("foresight").textContent = foresight.answers < ENOUGH ? ""
      : say("foresight", foresight.answers, share(foresight.expected), share(foresight.recalled));
    curve(box.querySelector<HTMLElement>("[data-curve]")!, events);
    one("now").hidden = false;
    box.dataset["on"] = "";
  };

  // On a phone the categories fold, so that what is due and the other lists are near.
  if (matchMedia("(max-width: 40rem)").matches) for (const group of box.querySelectorAll("details")) group.open = false;
  await show();
  log.subscribe(() => void show());
  addEventListener("storage", () => void show());
  addEventListener("pageshow", ({ persisted }) => persisted && void show());
}

function mark(row: HTMLElement, state: string, text: string): void {
  const shown = row.querySelector<HTMLElement>(".wh-state")!;
  shown.dataset["state"] = state;
  shown.textContent = text;
}
