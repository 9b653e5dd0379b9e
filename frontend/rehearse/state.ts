// A rehearsal as a fold over the events of the log: what is chosen, where the clock stands, what was answered. Plain values.
import { MINUTE, type Slot } from "./plan.ts";

export type Answer = "yes" | "no" | "none"; // none: not reached
export type Took = "same" | "other" | "missed";
export type Mark = "mark" | "interrupted" | "look" | "slept";

/** What is appended; `s` is the rehearsal, `n` counts its events, so that a clock that was set back does not change their order. */
export interface Facts {
  "mock.start": {
    s: string; n: number; problem: string; slot: number; level: string; seed: string; begins: number; partner: boolean; balls: boolean;
  };
  /** The clock starts now, before the brief has ended. */
  "mock.now": { s: string; n: number };
  /** The phase of this place in the plan begins. */
  "mock.phase": { s: string; n: number; phase: number };
  /** It was pressed too soon: that phase has not begun after all. */
  "mock.back": { s: string; n: number; phase: number };
  "mock.mark": { s: string; n: number; what: Mark; text?: string; ms?: number };
  "mock.ball": { s: string; n: number; ball: string; a: "answered" | "waived" };
  /** The device's clock was set back by so many ms; the rehearsal goes on as if it had not been. */
  "mock.clock": { s: string; n: number; ms: number };
  "mock.end": { s: string; n: number; how: "closed" | "abandoned" };
  "mock.see": { s: string; n: number; dim: string; level: string; a: Answer };
  "mock.reveal": { s: string; n: number };
  "mock.board": { s: string; n: number; name: string };
  /** The board as an outline, see outline.ts; the last one counts. */
  "mock.typed": { s: string; n: number; text: string };
  "mock.decide": { s: string; n: number; fork: string; a: Took; why?: string };
  /** What the partner saw, as the text that their page gives. */
  "mock.seat": { s: string; n: number; text: string };
  "mock.done": { s: string; n: number };
}
export type Kind = keyof Facts;
/** An event of the log; of another kind, or of a later version, it is passed over. */
export type Event = Readonly<{ k: string; at: number; tz: number } & Record<string, unknown>>;

export interface Session {
  id: string;
  problem: string;
  slot: number;
  level: string;
  seed: string;
  partner: boolean;
  balls: boolean;
  /** When it was chosen: ms since 1970, and minutes to add to UTC for the reader's clock. */
  at: number;
  tz: number;
  /** When its clock starts, by the clock of the device; `shift` ms were lost since to a clock that was set back. */
  begins: number;
  shift: number;
  /** How many events it has. */
  n: number;
  /** When the last event came, by the clock of the device: time does not stand before that. */
  last: number;
  /** All moments in ms since the clock started. Phases that were begun by hand, by their place in the plan. */
  begun: ReadonlyMap<number, number>;
  marks: readonly { t: number; what: Mark; text: string; ms: number }[];
  answered: ReadonlyMap<string, { t: number; a: "answered" | "waived" }>;
  ended?: number;
  abandoned: boolean;
  seen: ReadonlyMap<string, Answer>;
  revealed: boolean;
  board?: string;
  typed: string;
  decided: ReadonlyMap<string, { a: Took; why: string }>;
  seat?: string;
  done: boolean;
}

/** Letters of a typed board that are kept. */
export const OUTLINE = 2000;

/** The key of an observation: "scope.mid". */
export const key = (dim: string, level: string): string => `${dim}.${level}`;

const begun = (e: Event): Session => {
  const f = e as unknown as Facts["mock.start"];
  return {
    id: f.s, problem: f.problem, slot: f.slot, level: f.level, seed: f.seed, partner: f.partner, balls: f.balls, at: e.at, tz: e.tz,
    begins: f.begins, shift: 0, n: 1, last: e.at, begun: new Map(), marks: [], answered: new Map(), abandoned: false, seen: new Map(),
    revealed: false, typed: "", decided: new Map(), done: false,
  };
};

/** Ms since the clock started, by a moment of the device's clock; negative while the prompt is read. */
export const elapsed = (s: Session, now: number): number => now - s.begins + s.shift;

/** A rehearsal with one more event. What it does not know, it counts and passes over. */
export function step(s: Session, e: Event): Session {
  const t = elapsed(s, e.at);
  const next = { ...s, n: Math.max(s.n, (Number(e["n"]) || 0) + 1), last: Math.max(s.last, e.at) };
  const over = s.ended !== undefined;
  switch (e.k as Kind) {
    case "mock.now":
      return t < 0 ? { ...next, begins: e.at } : next;
    case "mock.phase": {
      const at = Number(e["phase"]);
      return s.begun.has(at) || over ? next : { ...next, begun: new Map([...s.begun, [at, t]]) };
    }
    case "mock.back":
      return over ? next : { ...next, begun: new Map([...s.begun].filter(([at]) => at !== Number(e["phase"]))) };
    case "mock.mark": {
      const mark = { t, what: e["what"] as Mark, text: String(e["text"] ?? ""), ms: Number(e["ms"] ?? 0) };
      return { ...next, marks: [...s.marks, mark] };
    }
    case "mock.ball": {
      const ball = String(e["ball"]), a = e["a"] === "waived" ? "waived" : "answered";
      return s.answered.has(ball) ? next : { ...next, answered: new Map([...s.answered, [ball, { t, a }]]) };
    }
    case "mock.clock":
      // Two tabs may both have noticed: the second has the number that the first has taken.
      return Number(e["n"]) < s.n ? next : { ...next, shift: s.shift + Number(e["ms"]), last: e.at };
    case "mock.end":
      return { ...next, ended: s.ended ?? Math.min(t, s.slot * MINUTE), abandoned: s.abandoned || e["how"] === "abandoned" };
    case "mock.see":
      return s.revealed ? next : { ...next, seen: new Map([...s.seen, [key(String(e["dim"]), String(e["level"])), e["a"] as Answer]]) };
    case "mock.reveal":
      return { ...next, revealed: true };
    case "mock.board":
      return { ...next, board: String(e["name"]) };
    case "mock.typed":
      return { ...next, typed: String(e["text"] ?? "").slice(0, OUTLINE) };
    case "mock.decide":
      return { ...next, decided: new Map([...s.decided, [String(e["fork"]), { a: e["a"] as Took, why: String(e["why"] ?? "") }]]) };
    case "mock.seat":
      return { ...next, seat: String(e["text"]) };
    case "mock.done":
      return { ...next, done: true };
    default:
      return next;
  }
}

/** All rehearsals of a log, in the order of their beginning. */
export function sessions(events: readonly Event[]): Session[] {
  const mine = events.filter(({ k }) => k.startsWith("mock.")), all = new Map<string, Session>();
  for (const e of mine) if (e.k === "mock.start" && !all.has(String(e["s"]))) all.set(String(e["s"]), begun(e));
  const rest = mine.filter(({ k }) => k !== "mock.start");
  for (const e of rest.sort((a, b) => Number(a["n"]) - Number(b["n"]))) {
    const s = all.get(String(e["s"]));
    if (s) all.set(s.id, step(s, e));
  }
  return [...all.values()];
}

export type Stage = "brief" | "run" | "check" | "compare" | "debrief" | "abandoned";

/** Where a rehearsal stands `t` ms after its clock started. */
export function stage(s: Session, t: number): Stage {
  if (s.abandoned) return "abandoned";
  if (s.done) return "debrief";
  if (s.revealed) return "compare";
  if (s.ended !== undefined || t >= s.slot * MINUTE) return "check";
  return t < 0 ? "brief" : "run";
}

/** A phase as it ran. `due`: when the plan wants it over, the reserve counted in; `left`: minutes that it still had when it began. */
export interface Ran {
  slug: string;
  planned: [number, number];
  began: number;
  due: number;
  ended?: number;
  /** Nobody ended it: it had eaten the reserve and all of the next. */
  forced: boolean;
}

/** The phases that have begun by `t`. One that overruns takes from the reserve first, then from the phase after it. */
export function ran(s: Session, slot: Slot, t: number): Ran[] {
  const reserve = slot.reserve * MINUTE, out: Ran[] = [];
  const parts = slot.parts.map(([slug, from, to]) => ({ slug, from: from * MINUTE, to: to * MINUTE }));
  const stop = Math.min(s.ended ?? Infinity, s.slot * MINUTE);
  let began = 0;
  for (const [i, part] of parts.entries()) {
    const due = part.to + Math.min(Math.max(0, began - part.from), reserve);
    const next = parts[i + 1], limit = next ? next.to + reserve : Infinity;
    const chosen = Math.min(...[...s.begun].filter(([at]) => at > i).map(([, when]) => when));
    const end = Math.min(chosen, limit, stop);
    const over = end <= t;
    out.push({
      slug: part.slug, planned: [part.from, part.to], began, due, ...(over && { ended: end }),
      forced: over && end === limit && end < chosen,
    });
    if (!over || end === stop) break;
    began = end;
  }
  return out;
}

/** Ms of the reserve that are spent by `t`. */
export function spent(s: Session, slot: Slot, t: number): number {
  const late = ran(s, slot, t).map(({ planned, ended }) => (ended ?? t) - planned[1]);
  return Math.min(slot.reserve * MINUTE, Math.max(0, ...late));
}

/** The level that each dimension held: the highest whose observation, and those below it, were seen. "" where none. */
export function held(s: Session, dim: string, levels: readonly string[]): string {
  let best = "";
  for (const level of levels) {
    if (s.seen.get(key(dim, level)) !== "yes") break;
    best = level;
  }
  return best;
}

/** How far the device's clock was set back between two looks: what one clock gained and the other lost; 0 for less than 2 s. */
export function setBack(before: { wall: number; mono: number }, now: { wall: number; mono: number }): number {
  const gone = now.mono - before.mono, said = now.wall - before.wall;
  return said < gone - 2000 ? Math.round(gone - said) : 0;
}
/**
 * How long the device slept between two looks that come each second; 0 for less than 30 s. A browser lets a page that nobody sees
 * look but once a minute: there it takes more than two.
 */
export function slept(before: { wall: number; hidden?: boolean }, now: { wall: number }): number {
  const gone = now.wall - before.wall;
  return gone > (before.hidden ? 150_000 : 30_000) ? gone : 0;
}
