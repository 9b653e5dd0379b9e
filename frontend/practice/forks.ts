// What is defended, as macros/machines/defend.py writes it, and in which order it comes, as plain values.
import type { LoggedAs, Verdict } from "./events.ts";

export interface Choice {
  key: string;
  name: string;
  verdict: Verdict;
  objection: string;
  decides: string;
  holds: string;
  /** Of its pattern, below the site's root. */
  page?: string;
}
export interface Fork {
  id: string;
  of: string;
  /** Where the guide argues it, below the site's root. */
  at: string;
  title: string;
  sees: string;
  asks: string;
  choices: readonly Choice[];
}
export interface Shelf {
  name: string;
  groups: readonly { choice: string; name: string; forks: readonly Fork[] }[];
}
type Defended = LoggedAs<"defend">;

/** A number from a text, alike on every device. */
function scatter(text: string): number {
  let sum = 2166136261;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 16777619);
  sum = Math.imul(sum ^ (sum >>> 16), 2246822507); // else the last letter decides
  return (sum ^ (sum >>> 13)) >>> 0;
}
const by = (seed: string) => (a: { key: string }, b: { key: string }) => scatter(seed + a.key) - scatter(seed + b.key);

/** The choices of a fork in an order that says nothing of which one holds. */
export const mixed = ({ id, choices }: Fork): Choice[] => [...choices].sort(by(id));

/** The forks that a choice names: "all", "missed", "pairs", "problem=payment", "playbook=contention", "fork=<id>"; null for none. */
export function named(shelves: readonly Shelf[], choice: string, answers: readonly Defended[]): Fork[] | null {
  const groups = shelves.flatMap((shelf) => shelf.groups), all = groups.flatMap(({ forks }) => forks);
  if (choice === "all") return all;
  if (choice === "missed") {
    const last = new Map(answers.map(({ fork, out }) => [fork, out]));
    return all.filter(({ id }) => last.get(id) === "against");
  }
  if (choice.startsWith("fork=")) {
    const one = all.filter(({ id }) => id === choice.slice(5));
    return one.length ? one : null;
  }
  const group = groups.find((one) => one.choice === choice);
  return group ? [...group.forks] : null;
}

/** Those that were never defended first, then those that were longest ago; in an order of the day's own. */
export function inTurn(forks: readonly Fork[], answers: readonly Defended[], day: number): Fork[] {
  const last = new Map(answers.map(({ fork, at }) => [fork, at]));
  const mixedUp = forks.map((fork) => ({ key: fork.id, fork })).sort(by(String(day)));
  return mixedUp.sort((a, b) => (last.get(a.key) ?? 0) - (last.get(b.key) ?? 0)).map(({ fork }) => fork);
}
