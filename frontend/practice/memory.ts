// What a reader remembers, folded from the log by FSRS-6 with its published defaults. Days are the reader's own, by the time zone of each
// answer; a second answer on one day moves the memory by FSRS's rule for the short term.
import { FSRSAlgorithm } from "ts-fsrs";
import { dayOf, type Grade, type LoggedAs } from "./events.ts";

const fsrs = new FSRSAlgorithm({});
const WEEK = 7;

/** One card's memory: FSRS's state, the day of the last answer, and how it went. */
export interface Memory {
  stability: number;
  difficulty: number;
  day: number;
  answers: number;
  last: Grade;
  /** The last day on which it was missed. */
  missed?: number;
}

/** How well the schedule foresees: answers after a day or more, what was expected of them, and what came. */
export interface Foresight {
  answers: number;
  expected: number;
  recalled: number;
}

export interface Remembered {
  cards: Map<string, Memory>;
  foresight: Foresight;
}

/** The memory after one more answer. */
export function answered(before: Memory | undefined, grade: Grade, day: number): Memory {
  const since = before ? Math.max(0, day - before.day) : 0; // a clock that was set back counts as the same day
  const { stability, difficulty } = fsrs.next_state(before ?? null, since, grade);
  const missed = grade === 1 ? day : before?.missed;
  const made: Memory = { stability, difficulty, day: Math.max(day, before?.day ?? day), answers: (before?.answers ?? 0) + 1, last: grade };
  return missed === undefined ? made : { ...made, missed };
}

/** All memories, and how well they were foreseen. `reviews` are in order. */
export function remembered(reviews: readonly LoggedAs<"review">[]): Remembered {
  const cards = new Map<string, Memory>(), foresight = { answers: 0, expected: 0, recalled: 0 };
  for (const { card, grade, at, tz } of reviews) {
    const before = cards.get(card), day = dayOf(at, tz);
    if (before && day > before.day) {
      foresight.answers++;
      foresight.expected += fsrs.forgetting_curve(day - before.day, before.stability);
      foresight.recalled += grade === 1 ? 0 : 1;
    }
    cards.set(card, answered(before, grade, day));
  }
  return { cards, foresight };
}

/** Days until a card is due that has this stability, at least one. */
export const interval = (stability: number): number => fsrs.next_interval(stability, 0);

/** The chance that a card is recalled on a day. */
export const chance = (m: Memory, day: number): number => fsrs.forgetting_curve(Math.max(0, day - m.day), m.stability);

/** A number from a card's id, alike on every device. */
function scatter(id: string): number {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.charCodeAt(0)) >>> 0;
  return sum;
}

/**
 * The day on which a card is due. What would come after the interview comes before it, in its last week or the last quarter of the
 * time that was left, so that not all fall on one day. An interview that is past caps nothing.
 */
export function due(id: string, m: Memory, interview = NaN): number {
  const planned = m.day + interval(m.stability);
  const left = interview - m.day;
  if (!(left > 0) || planned < interview) return planned;
  const spread = Math.max(1, Math.min(WEEK, Math.floor(left / 4)));
  return Math.max(m.day + 1, interview - 1 - (scatter(id) % spread));
}

/** Whether a card was missed within a week. */
export const missedLately = (m: Memory | undefined, day: number): boolean => m?.missed !== undefined && day - m.missed < WEEK;
