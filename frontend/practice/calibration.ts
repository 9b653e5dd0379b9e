// How sure a reader was, against what came, as plain values. Not the foresight of the cards' schedule, which is in memory.ts.
import type { LoggedAs } from "./events.ts";

export interface Step {
  /** What was said, in percent. */
  sure: number;
  answers: number;
  held: number;
}
export interface Calibration {
  answers: number;
  /** NaN where there is no answer. */
  brier: number;
  steps: Step[];
}

/**
 * Of the first answer to each fork: after it the reader has seen which ones hold. An answer holds unless the text gives reasons against
 * it. A fork of which each answer holds tests nobody, and is left out.
 *
 * The score is Brier's, in the form for two outcomes: the mean of (f − o)², f the confidence from 0 to 1, o 1 where it held and else 0.
 * G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950), 1-3, sums over both
 * outcomes, which is twice this.
 */
export function calibration(answers: readonly LoggedAs<"defend">[]): Calibration {
  const first = new Map<string, LoggedAs<"defend">>();
  for (const one of answers) if (!first.has(one.fork)) first.set(one.fork, one);
  const scored = [...first.values()].filter(({ tested }) => tested);
  const steps = new Map<number, Step>();
  let sum = 0;
  for (const { sure, out } of scored) {
    const held = out === "against" ? 0 : 1, step = steps.get(sure) ?? { sure, answers: 0, held: 0 };
    steps.set(sure, { sure, answers: step.answers + 1, held: step.held + held });
    sum += (sure / 100 - held) ** 2;
  }
  return { answers: scored.length, brier: sum / scored.length, steps: [...steps.values()].sort((a, b) => a.sure - b.sure) };
}
