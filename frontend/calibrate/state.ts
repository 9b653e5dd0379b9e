// What a reader has scored, as a fold over the log. Plain values.

/** What is appended. The first scores of an excerpt count, for the reference is seen afterwards; unless all is scored anew. */
export interface Facts {
  /** One excerpt's answers by dimension: a level, or "none" where it was not shown. */
  "calibrate.score": { excerpt: string; scores: Readonly<Record<string, string>> };
  "calibrate.anew": Record<never, never>;
}
/** An excerpt to its answers by dimension. */
export type Scored = ReadonlyMap<string, Readonly<Record<string, string>>>;

export function scored(events: readonly Readonly<{ k: string } & Record<string, unknown>>[]): Scored {
  let all = new Map<string, Readonly<Record<string, string>>>();
  for (const e of events) {
    if (e.k === "calibrate.anew") all = new Map();
    const { excerpt, scores } = e as unknown as Facts["calibrate.score"];
    if (e.k !== "calibrate.score" || all.has(excerpt) || typeof scores !== "object" || scores === null) continue;
    all.set(excerpt, scores);
  }
  return all;
}
