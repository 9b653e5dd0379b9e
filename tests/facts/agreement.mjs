// What frontend/calibrate/ makes of what it is given; one JSON in, one out. Run by tests/facts/test_agreement.py.
import { readFileSync } from "node:fs";
import { agreement, kappa } from "../../frontend/calibrate/kappa.ts";
import { scored } from "../../frontend/calibrate/state.ts";

/**
 * @type {{ pairs?: [number, number][][], people?: [Record<string, number>, Record<string, number>], things?: string[],
 *   events?: any[] }}
 */
const { pairs = [], people = [{}, {}], things = [], events = [] } = JSON.parse(readFileSync(0, "utf8"));
const [one, other] = people.map((scores) => new Map(Object.entries(scores)));
process.stdout.write(JSON.stringify({
  kappas: pairs.map((rows) => kappa(rows) ?? null),
  agreement: agreement(one ?? new Map(), other ?? new Map(), things),
  scored: Object.fromEntries(scored(events)),
}));
