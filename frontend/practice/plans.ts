// A plan on the reader's own dates, as pure values: which steps are done, on which day each of the others stands, what is left out.
// Days are counted from 1970, as in events.ts. macros/machines/plans.py writes the plans.
import type { Deck } from "./cards.ts";
import { dayNamed, dayOf, ofKind, type Logged } from "./events.ts";

export interface Step {
  /** What is done to what, and for which time: "read patterns/saga", "ask due#2". Readers' ticks name it. */
  id: string;
  do: "read" | "skim" | "ask" | "rehearse" | "defend" | "tick";
  of: readonly string[];
  /** Cards, forks or boxes. */
  count: number;
  minutes: number;
  say: string;
  /** Where it is done, below the site's root. */
  place: string;
}
export interface Plan {
  slug: string;
  name: string;
  /** The most that a day of it takes. */
  minutes: number;
  days: readonly (readonly Step[])[];
}

/** What the reader chose. What was done counts from the day on which the plan was chosen, or from its first day if that was before. */
export interface Setup {
  plan: Plan;
  from: number;
  minutes: number;
  since: number;
}
/** The setting's name in the log. */
export const SETTING = "plan";
export const LEAST = 10, MOST = 480; // minutes a day

const DAY = 86_400_000, LONGEST = 400; // days between today and a first day that can be meant
/** A day as ISO has it: 2026-11-27. */
export const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

export const packed = ({ plan, from, minutes, since }: Setup): string =>
  new URLSearchParams({ plan: plan.slug, from: iso(from), minutes: String(minutes), since: iso(since) }).toString();

/** The setting as it was chosen; null where it cannot be read, or its plan is gone. */
export function unpacked(text: string, plans: readonly Plan[], today: number): Setup | null {
  const given = new URLSearchParams(text), minutes = Number(given.get("minutes"));
  const plan = plans.find(({ slug }) => slug === given.get("plan"));
  const from = dayNamed(given.get("from") ?? ""), since = dayNamed(given.get("since") ?? "");
  if (!plan || !(Math.abs(from - today) <= LONGEST) || !Number.isInteger(minutes) || minutes < LEAST || minutes > MOST) return null;
  return { plan, from, minutes, since: Number.isNaN(since) ? from : since };
}

/** The last day of it, and of each of its days the date. An interview that is to come ends it on the day before, and spreads it. */
export function dates({ plan, from }: Setup, interview: number): { end: number; of: readonly number[] } {
  const length = plan.days.length, end = interview >= from ? Math.max(from, interview - 1) : from + length - 1;
  return { end, of: plan.days.map((_, i) => from + (interview >= from ? Math.floor((i * (end - from + 1)) / length) : i)) };
}

// --- what is done -----------------------------------------------------------------------------------------------------------

export interface Known {
  events: readonly Logged[];
  /** Pages that are marked as read: "saga" of a pattern, "phases/scope" of another page. */
  read: ReadonlySet<string>;
  /** Boxes of checklists: "scope.users". */
  ticked: ReadonlySet<string>;
  deck: Deck;
  /** How many cards are due today. */
  due: number;
}

/** Whether a card of this page belongs to what a step asks. */
function asks({ of }: Step, { owners }: Deck, page: string): boolean {
  return of.some((target) => {
    const [folder, slug = ""] = target.split("/"), owner = owners[page];
    if (folder === "due") return true;
    if (folder === "categories") return owner?.category === slug;
    if (folder === "phases") return owner?.phases?.includes(slug) ?? false;
    return page === target || (owners[target]?.uses?.includes(page) ?? false);
  });
}

/** The steps that are done, each with its day; NaN where the browser keeps none. */
export function done(setup: Setup, interview: number, known: Known, today: number): Map<string, number> {
  const { plan, since, from } = setup, begins = Math.min(since, from), { of } = dates(setup, interview);
  const pages = new Map(known.deck.cards.map((card) => [card.id, card.of]));
  const found = new Map<string, { day: number; at: number }>(), counted = new Map<string, Set<string>>();
  const steps = plan.days.flatMap((day, i) => day.map((step) => ({ step, date: of[i]! })));
  const pageOf = (card: string) => pages.get(card) ?? ["patterns", "problems"].map((f) => `${f}/${card.split("~")[0]}`)
    .find((page) => page in known.deck.owners) ?? "";
  const give = (e: Logged, thing: string, full: (step: Step) => number, fits: (step: Step, date: number) => boolean) => {
    const day = dayOf(e.at, e.tz);
    if (day < begins) return;
    for (const { step, date } of steps) {
      const before = counted.get(step.id) ?? new Set();
      if (found.has(step.id) || !fits(step, date)) continue;
      if (before.has(thing)) return; // the same card again
      counted.set(step.id, before.add(thing));
      if (before.size >= full(step)) found.set(step.id, { day, at: e.at });
      return;
    }
  };
  for (const e of ofKind(known.events, "review")) {
    const page = pageOf(e.card), on = dayOf(e.at, e.tz); // what is due is due on its day: it cannot be answered ahead
    give(e as Logged, e.card, ({ count }) => count, (step, date) =>
      step.do === "ask" && asks(step, known.deck, page) && (step.of[0] !== "due" || date <= on));
  }
  for (const e of ofKind(known.events, "defend")) {
    give(e as Logged, e.fork, ({ count }) => count, (step) => step.do === "defend" && e.fork.startsWith(`${step.of[0]}.`));
  }
  const begun = new Map(known.events.filter(({ k }) => k === "mock.start").map((e) => [e["s"], e["problem"]]));
  for (const e of known.events) {
    if (e.k !== "mock.done") continue;
    give(e, String(e["s"]), () => 1, (step) => step.do === "rehearse" && step.of[0] === `problems/${begun.get(e["s"])}`);
  }
  for (const { step, date } of steps) {
    const [target = ""] = step.of, kept = known.read.has(target) || known.read.has(target.replace("patterns/", ""));
    const boxes = [...known.ticked].filter((box) => box.startsWith(`${target.replace("phases/", "")}.`)).length;
    if ((step.do === "read" || step.do === "skim") && kept) found.set(step.id, { day: NaN, at: -Infinity });
    if (step.do === "tick" && boxes >= step.count) found.set(step.id, { day: NaN, at: -Infinity });
    // fewer were due than the step has room for
    const some = target === "due" && date <= today && !known.due && counted.get(step.id)?.size;
    if (some && !found.has(step.id)) found.set(step.id, { day: today, at: -Infinity });
  }
  const once = new Set(steps.filter(({ step }) => ["read", "skim", "tick"].includes(step.do)).map(({ step }) => step.id));
  for (const e of ofKind(known.events, "plan.tick")) {
    const day = dayOf(e.at, e.tz), before = found.get(e.step);
    if (day < begins && !once.has(e.step)) continue;
    if (e.on) found.set(e.step, before ?? { day, at: e.at });
    else if (!before || before.at < e.at) found.delete(e.step); // what was done after it counts again
  }
  return new Map([...found].map(([id, { day }]) => [id, day]));
}

// --- the days ---------------------------------------------------------------------------------------------------------------

export interface Laid {
  /** From the first day to the last: what was done on it, and what stands on it. */
  days: readonly { day: number; done: readonly Step[]; steps: readonly Step[] }[];
  /** Left out: too long for a day, or there is no time; with the plan over, all that is open. */
  long: readonly Step[];
  short: readonly Step[];
  /** How many steps of days that are past stand on days to come. */
  moved: number;
  all: number;
  ticked: number;
  end: number;
  over: boolean;
}
const GIVES_WAY: Record<Step["do"], number> = { skim: 0, read: 1, tick: 2, ask: 3, defend: 4, rehearse: 5 };

/**
 * Every open step on a day from today on: its own, or where that is past or full the next that has room. Steps of one day keep their
 * order. What does not fit before the last day is left out, reading first, a rehearsal last, and later steps before earlier ones.
 */
export function laid(setup: Setup, interview: number, ready: ReadonlyMap<string, number>, today: number): Laid {
  const { plan, minutes, from } = setup, { end, of } = dates(setup, interview), over = today > end;
  const steps = plan.days.flatMap((day, own) => day.map((step, i) => ({ step, own, date: of[own]!, order: own * 100 + i })));
  const open = steps.filter(({ step }) => !ready.has(step.id));
  const held = steps.filter(({ step }) => ready.has(step.id)).map((one) => {
    const day = ready.get(one.step.id)!;
    return { ...one, day: Math.min(end, Math.max(from, Number.isNaN(day) ? one.date : day)) };
  });
  const spent = steps.filter(({ step }) => ready.get(step.id) === today).reduce((sum, { step }) => sum + step.minutes, 0);
  type One = (typeof open)[number];
  const fit = (list: readonly One[]): Map<One, number> | null => {
    const room = new Map<number, number>(), placed = new Map<One, number>();
    let last = { own: -1, day: 0 };
    for (const one of list) {
      let day = Math.max(today, one.date, last.own === one.own ? last.day : 0);
      const left = () => room.get(day) ?? minutes - (day === today ? spent : 0);
      while (day <= end && left() < one.step.minutes) day++;
      if (day > end) return null;
      room.set(day, left() - one.step.minutes);
      placed.set(one, day);
      last = { own: one.own, day };
    }
    return placed;
  };
  const long = over ? [] : open.filter(({ step }) => step.minutes > minutes);
  let list = over ? [] : open.filter(({ step }) => step.minutes <= minutes), placed = fit(list), gone: One[] = over ? open : [];
  const first = [...list].sort((a, b) => GIVES_WAY[a.step.do] - GIVES_WAY[b.step.do] || b.order - a.order);
  while (!placed) {
    const one = first.shift()!;
    gone.push(one);
    list = list.filter((other) => other !== one);
    placed = fit(list);
  }
  for (const one of over ? [] : [...gone].reverse()) { // some of it may have gone in vain
    const more = [...list, one].sort((a, b) => a.order - b.order), again = fit(more);
    if (!again) continue;
    [list, placed, gone] = [more, again, gone.filter((other) => other !== one)];
  }
  const at = (day: number) => ({
    day,
    done: held.filter((one) => one.day === day).map(({ step }) => step),
    steps: list.filter((one) => placed.get(one) === day).map(({ step }) => step),
  });
  return {
    days: Array.from({ length: end - from + 1 }, (_, i) => at(from + i)),
    long: long.map(({ step }) => step),
    short: gone.sort((a, b) => a.order - b.order).map(({ step }) => step),
    moved: list.filter(({ date }) => date < today).length,
    all: steps.length, ticked: held.length, end, over,
  };
}

export const sum = (steps: readonly Step[]): number => steps.reduce((all, { minutes }) => all + minutes, 0);
