// What the build hands over (macros/machines/rehearsal.py), and what follows from it and a seed. Plain values.

/** practice/rehearse/plan.json. Minutes throughout; a link is [address below the site, words]. */
export interface Plan {
  default: number;
  slots: Record<string, Slot>;
  /** Percent of the dive in which curveballs come: from, to. */
  window: [number, number];
  dive: string;
  phases: Record<string, { name: string; short: string; goal: string; board: string[]; moves: string[] }>;
  levels: [string, string][];
  rubric: { slug: string; name: string; read: Link; see: string[] }[];
  problems: [slug: string, name: string, slots: number[]][];
}
export interface Slot {
  /** Slug of the phase, its beginning and its end; the reserve comes after the last. */
  parts: [string, number, number][];
  reserve: number;
  balls: number;
}
export type Link = [address: string, words: string];

/** problems/<slug>/rehearsal.json */
export interface Problem {
  slug: string;
  name: string;
  prompt: string;
  crux: string;
  scope: [question: string, answer: string, granted: boolean][];
  functions: string[];
  targets: string[];
  balls: Ball[];
  decisions: { id: string; asks: string; took: string; other: string; number: string; because: string }[];
  hints: [string, string, string][];
  follow: [question: string, answer: string][];
  expect: string[][];
  near: [slug: string, name: string];
  patterns: Link[];
}
export interface Ball {
  id: string;
  say: string;
  attacks: string;
  answer: string;
  pattern: Link;
}

export const MINUTE = 60_000;

/** Numbers from 0 to 1, the same for the same seed on every device (mulberry32; Math.imul is exact everywhere). */
export function chances(seed: string): () => number {
  let state = [...seed].reduce((hash, sign) => Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193), 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A list in an order that the chances give. */
function shuffled<T>(list: readonly T[], chance: () => number): T[] {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

export interface Thrown {
  ball: Ball;
  /** Whole seconds after the start, in ms. */
  t: number;
}

/** Which curveballs come, and when: each in its own share of the dive's stretch, and no two at one decision while there are others. */
export function thrown(plan: Plan, slot: number, problem: Problem, seed: string): Thrown[] {
  const { parts, balls: count } = plan.slots[slot]!;
  const part = parts.find(([slug]) => slug === plan.dive);
  if (!part || !count) return [];
  const chance = chances(`${problem.slug}.${slot}.${seed}`);
  const order = shuffled(problem.balls, chance), seen = new Set<string>();
  const fresh = order.filter(({ attacks }) => !seen.has(attacks) && seen.add(attacks));
  const chosen = [...fresh, ...order.filter((ball) => !fresh.includes(ball))].slice(0, count);
  const [, from, to] = part, [first, last] = plan.window;
  const begin = from + ((to - from) * first) / 100, share = ((to - from) * (last - first)) / 100 / chosen.length;
  return chosen.map((ball, i) => ({ ball, t: Math.round((begin + (i + chance()) * share) * 60) * 1000 }));
}

/** A problem for "surprise me": one that fills the slot, and none of the last three while there are others. */
export function surprise(plan: Plan, slot: number, last: readonly string[], seed: string): string {
  const fit = plan.problems.filter(([, , slots]) => slots.includes(slot)).map(([slug]) => slug);
  const all = fit.length ? fit : plan.problems.map(([slug]) => slug), recent = last.slice(-3);
  const fresh = all.filter((slug) => !recent.includes(slug));
  const from = fresh.length ? fresh : all;
  return from[Math.floor(chances(`surprise.${seed}`)() * from.length)]!;
}

/** What a partner's link carries after its #. `begins` is in ms, whole seconds of it are kept. */
export interface Shared {
  problem: string;
  slot: number;
  seed: string;
  begins: number;
}
export const share = ({ problem, slot, seed, begins }: Shared): string => `mock=${problem}.${slot}.${seed}.${Math.round(begins / 1000)}`;

/** The same read; undefined where it is no such text, or names what this plan does not have. */
export function shared(text: string, plan: Plan): Shared | undefined {
  const found = /^mock=([a-z0-9-]+)\.(\d{1,3})\.([0-9a-z]{1,12})\.(\d{9,11})$/.exec(text);
  if (!found) return undefined;
  const [, problem, slot, seed, begins] = found as unknown as [string, string, string, string, string];
  const known = Object.hasOwn(plan.slots, slot) && plan.problems.some(([slug]) => slug === problem);
  return known ? { problem, slot: Number(slot), seed, begins: Number(begins) * 1000 } : undefined;
}
