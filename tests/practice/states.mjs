// What frontend/practice/ makes of what it is given; one JSON in, one out. Run by tests/practice/test_states.py.
import { readFileSync } from "node:fs";
import { joined, packed, unpacked } from "../../frontend/practice/backup.ts";
import { calibration } from "../../frontend/practice/calibration.ts";
import { dayOf, fits, ofKind, settings, standing, ulid } from "../../frontend/practice/events.ts";
import { inTurn, mixed, named } from "../../frontend/practice/forks.ts";
import { answered, due, interval, remembered } from "../../frontend/practice/memory.ts";
import { escaped, folded } from "../../frontend/practice/ics.ts";
import { done, laid, packed as planned, unpacked as chosenPlan } from "../../frontend/practice/plans.ts";
import { next, readMarks, rehearsed, stand } from "../../frontend/practice/standing.ts";
import { asText, weak } from "../../frontend/practice/weak.ts";
import { lay, read, told } from "../../frontend/rehearse/outline.ts";
import { slept } from "../../frontend/rehearse/state.ts";
import { arranged, begun, chosen, counts, graded, picked, tally } from "../../frontend/practice/sitting.ts";

const { ask, ...given } = JSON.parse(readFileSync(0, "utf8"));

/** @type {Record<string, (g: any) => unknown>} */
const ANSWERS = {
  /** Days and grades of one card: after each, the interval and the state. */
  schedule: ({ days, grades }) => {
    /** @type {import("../../frontend/practice/memory.ts").Memory | undefined} */
    let m;
    return days.map((/** @type {number} */ day, /** @type {number} */ i) => {
      m = answered(m, grades[i], day);
      return { interval: interval(m.stability), stability: m.stability, difficulty: m.difficulty };
    });
  },
  due: ({ ids, stability, day, interview }) =>
    ids.map((/** @type {string} */ id) => due(id, { stability, difficulty: 5, day, answers: 1, last: 3 }, interview ?? NaN)),
  fold: ({ events }) => {
    const { cards, foresight } = remembered(ofKind(standing(events), "review"));
    return { cards: Object.fromEntries(cards), foresight };
  },
  standing: ({ events }) => standing(events).map(({ id }) => id),
  settings: ({ events }) => Object.fromEntries(settings(standing(events))),
  fits: ({ records }) => records.map(fits),
  outline: ({ text }) => {
    const outline = read(text);
    const boxes = Object.fromEntries([...outline.boxes.values()].map(({ name, shape }) => [name, shape]));
    return { boxes, told: told(outline), words: outline.words };
  },
  slept: ({ looks }) => looks.map((/** @type {{ hidden: boolean, gone: number }} */ { hidden, gone }) =>
    slept({ wall: 0, hidden }, { wall: gone })),
  laid: ({ texts, width }) => texts.map((/** @type {string} */ text) => lay(read(text), width)),
  ulids: ({ times, chances }) => times.map((/** @type {number} */ at) => ulid(at, () => chances)),
  day: ({ at, tz }) => dayOf(at, tz),
  joined: ({ ours, theirs }) => joined(ours, theirs),
  again: ({ events, aside, kept }) => unpacked(packed(events, aside, kept, new Date(0))) ?? null,
  unpacked: ({ text }) => unpacked(text) ?? null,
  picked: ({ deck, memories, day, interview, choice, size, early }) => {
    const known = new Map(Object.entries(memories)), test = chosen(deck, choice, known, day);
    if (!test) return null;
    const cards = deck.cards.filter(test), today = { day, interview: interview ?? NaN };
    return { ids: picked(deck, cards, known, today, size, early).map(({ id }) => id), counts: counts(cards, known, today) };
  },
  arranged: ({ deck }) => arranged(deck, deck.cards).map(({ id }) => id),
  sitting: ({ ids, grades }) => {
    let s = begun(ids);
    const asked = [];
    for (const grade of grades) {
      asked.push(s.queue[0]);
      s = grade === "undo" ? s.before ?? s : graded(s, grade);
    }
    return { asked, queue: s.queue, tally: tally(s) };
  },
  stand: ({ cards, memories, read, day }) => stand(cards, new Map(Object.entries(memories)), read, { day, interview: NaN }),
  read: ({ text }) => [...readMarks(text)],
  rehearsed: ({ events }) => Object.fromEntries(rehearsed(standing(events))),
  next: ({ deck, memories, read, done, day }) => {
    const known = new Map(Object.entries(memories)), today = { day, interview: NaN };
    const stands = Object.keys(deck.owners).map((place) => {
      const mine = deck.cards.filter((/** @type {{ of: string }} */ { of }) => of === place);
      return /** @type {const} */ ([place, stand(mine, known, read.includes(place), today)]);
    });
    return next(deck, new Map(stands), known, today, new Set(done)).map(({ say, values, place }) => [say, ...values, place]);
  },
  text: ({ deck, root }) => asText(deck, deck.cards, root),
  weak: ({ deck, memories, day }) => weak(deck, new Map(Object.entries(memories)), day).map(({ id }) => id),
  calibration: ({ events }) => {
    const made = calibration(ofKind(standing(events), "defend"));
    return { ...made, brier: Number.isNaN(made.brier) ? null : made.brier };
  },
  named: ({ shelves, choice, events }) => named(shelves, choice, ofKind(standing(events), "defend"))?.map(({ id }) => id) ?? null,
  plan: ({ plans, text, today }) => {
    const setup = chosenPlan(text, plans, today);
    return setup && planned(setup);
  },
  done: ({ plan, setup, interview, events, read, ticked, deck, due, today }) => {
    const known = { events: standing(events), read: new Set(read), ticked: new Set(ticked), deck, due };
    const ready = done({ plan, ...setup }, interview ?? NaN, known, today);
    return Object.fromEntries([...ready].map(([id, day]) => [id, Number.isNaN(day) ? null : day]));
  },
  days: ({ plan, setup, interview, ready, today }) => {
    const made = laid({ plan, ...setup }, interview ?? NaN, new Map(Object.entries(ready)), today);
    const ids = (/** @type {readonly { id: string }[]} */ steps) => steps.map(({ id }) => id);
    const days = Object.fromEntries(made.days.filter(({ steps }) => steps.length).map(({ day, steps }) => [day, ids(steps)]));
    return { ...made, days, long: ids(made.long), short: ids(made.short) };
  },
  folded: ({ lines }) => lines.map(folded),
  escaped: ({ texts }) => texts.map(escaped),
  turn: ({ shelves, events, day }) =>
    inTurn(named(shelves, "all", []) ?? [], ofKind(standing(events), "defend"), day).map(({ id }) => id),
  mixed: ({ forks }) => forks.map((/** @type {any} */ fork) => mixed(fork).map(({ key }) => key)),
};
console.log(JSON.stringify(ANSWERS[ask]?.(given)));
