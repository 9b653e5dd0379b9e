// How far two people who scored the same things agree. The formula, its source and the choice of weights: macros/facts/agreement.py,
// which works out the reviewers' figures; a test holds the two to the same values.

/** Weighted kappa of pairs of levels, with linear weights: 1 - (disagreement observed) / (disagreement expected of their habits).
 *  Undefined where it has no value: no pairs, or one level throughout. */
export function kappa(pairs: readonly (readonly [number, number])[]): number | undefined {
  const observed = pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0);
  let expected = 0; // times the number of pairs
  for (const [a] of pairs) for (const [, b] of pairs) expected += Math.abs(a - b);
  return expected ? 1 - (observed * pairs.length) / expected : undefined;
}

/** A level by its place from the bottom; what was not shown has none. */
export type Scores = ReadonlyMap<string, number>;
export interface Agreement {
  kappa: number | undefined;
  /** Things that both scored, and those of them that got the same level. */
  both: number;
  equal: number;
  /** Things of which both say, or neither says, that it was shown at all. */
  shown: number;
  of: number;
}

/** Two people compared over the things that both could have scored. */
export function agreement(one: Scores, other: Scores, things: readonly string[]): Agreement {
  const pairs = things.flatMap((thing) => {
    const [a, b] = [one.get(thing), other.get(thing)];
    return a === undefined || b === undefined ? [] : [[a, b] as const];
  });
  return {
    kappa: kappa(pairs), both: pairs.length, equal: pairs.filter(([a, b]) => a === b).length,
    shown: things.filter((thing) => one.has(thing) === other.has(thing)).length, of: things.length,
  };
}
