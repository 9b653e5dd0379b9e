// What follows from which assumptions, as pure values: every number, decision and flip point, and the address that holds a variant.
import { exact, less, near, over, run, times, type Fraction } from "./fraction.ts";
import { number, rounded, say, type Said } from "./say.ts";

interface Quantity extends Said {
  m: string; // what it is
  v?: string; // an assumption: its value, and how far it may be moved
  lo?: string;
  hi?: string;
  p?: string[]; // a step: its program
  w?: string[]; // its working: text, name, text, name, …
  c?: 1; // later steps go on from the said number
}
interface Decision { a: string[]; s: "<" | "<=" | ">" | ">="; b: string[]; k: string; t: string; e: string }

/** As macros/facts/quantities.py compiles it. */
export interface Model { of: string; q: Record<string, Quantity>; d: Record<string, Decision> }

/** What the reader has moved: name to a decimal number in the assumption's unit. */
export type Moved = Readonly<Record<string, string>>;

export const assumed = (model: Model) => Object.keys(model.q).filter((id) => model.q[id]!.v);

/** Each number in base units, worked out when it is first asked for. */
export function values(model: Model, moved: Moved): (id: string) => Fraction {
  const known = new Map<string, Fraction>();
  return function value(id) {
    let made = known.get(id);
    if (!made) {
      const q = model.q[id]!, factor = exact(q.f);
      made = q.p ? run(q.p, value) : times(exact(moved[id] ?? q.v!), factor);
      if (q.c) made = times(rounded(over(made, factor), q.n), factor);
      known.set(id, made);
    }
    return made;
  };
}

/** What `make` gives; `or` where a variant divides by nothing on the way. */
function unless<T, E>(make: () => T, or: E): T | E {
  try {
    return make();
  } catch {
    return or;
  }
}
const ENDLESS = "no end";

export const said = (model: Model, value: (id: string) => Fraction, id: string, bare = false) =>
  unless(() => (bare ? number(value(id), model.q[id]!)[0] : say(value(id), model.q[id]!)), ENDLESS);

export function working(model: Model, value: (id: string) => Fraction, id: string): string {
  const { m, w, v } = model.q[id]!;
  return v ? m : `${m}: ${w!.map((text, i) => (i % 2 ? said(model, value, text) : text)).join("")}`;
}

export function settled(model: Model, value: (id: string) => Fraction, id: string) {
  const { a, s, b, k, t, e } = model.d[id]!;
  const [left, right] = [a, b].map((program) => unless(() => run(program, value), undefined));
  const held = (l: Fraction, r: Fraction) =>
    s === "<" ? less(l, r) : s === ">" ? less(r, l) : s === "<=" ? !less(r, l) : !less(l, r);
  const holds = !!left && !!right && held(left, right);
  const aloud = (side?: Fraction) => (side ? say(side, model.q[k]!) : ENDLESS);
  return { holds, takes: holds ? t : e, leaves: holds ? e : t, left: aloud(left), right: aloud(right) };
}

/** The assumptions that a number, or a decision, comes from. */
export function sources(model: Model, program: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (id: string) => {
    const q = model.q[id];
    if (q?.v) found.add(id);
    else q?.p?.forEach(visit);
  };
  program.forEach(visit);
  return [...found];
}

const plain = (x: number) => x.toFixed(12).replace(/\.?0+$/, "");
const LOG = 100; // high over low from which on a slider's steps are ratios
export const STEPS = 200;

function scale({ lo, hi }: Quantity) {
  const low = near(exact(lo!)), high = near(exact(hi!)), ratio = high / low;
  const log = low > 0 && ratio >= LOG;
  return {
    at: (part: number) => (log ? low * ratio ** part : low + (high - low) * part),
    part: (x: number) => (log ? Math.log(x / low) / Math.log(ratio) : (x - low) / (high - low)),
    log,
  };
}

/** Where an assumption's slider stands, and what it is worth at a step. */
export const step = (q: Quantity, text: string) => Math.round(scale(q).part(near(exact(text))) * STEPS);
export function atStep(q: Quantity, at: number): string {
  const { at: worth, log } = scale(q);
  return clamp(q, plain(Number(worth(at / STEPS).toPrecision(log ? 3 : 4))));
}

/** Within the assumption's range. */
export const clamp = (q: Quantity, text: string) =>
  less(exact(text), exact(q.lo!)) ? decimalOf(q.lo!) : less(exact(q.hi!), exact(text)) ? decimalOf(q.hi!) : text;
export const decimalOf = (text: string) => plain(near(exact(text)));

/** What a reader typed: "2,500,000", "2.5 million", "40%"; none where it is no number. */
export function typed(q: Quantity, text: string): string | undefined {
  const found = /^\s*(\d[\d,\s]*(?:\.\d+)?|\.\d+)\s*(thousand|million|billion|[kmb]\b)?/i.exec(text);
  if (!found) return undefined;
  const zeros = { t: 3, k: 3, m: 6, b: 9 }[found[2]?.[0]?.toLowerCase() ?? ""] ?? 0;
  return clamp(q, plain(Number(found[1]!.replace(/[,\s]/g, "")) * 10 ** zeros));
}

export interface Flip { id: string; from: string; to: string; far: number }

/** Between which two values of an assumption a decision changes, the one that is nearest to the present first. */
export function flips(model: Model, moved: Moved, decision: string): Flip[] {
  const { a, b } = model.d[decision]!;
  const holds = (id: string, text: string) => settled(model, values(model, { ...moved, [id]: text }), decision).holds;
  return sources(model, [...a, ...b]).flatMap((id) => {
    const q = model.q[id]!, { at, part } = scale(q);
    let low = 0, high = 1;
    const first = holds(id, decimalOf(q.lo!));
    if (first === holds(id, decimalOf(q.hi!))) return [];
    for (let i = 0; i < 24; i++) {
      const middle = (low + high) / 2;
      if (holds(id, plain(at(middle))) === first) low = middle;
      else high = middle;
    }
    return [{ id, from: plain(at(low)), to: plain(at(high)), far: Math.abs(low - part(near(exact(moved[id] ?? q.v!)))) }];
  }).sort((x, y) => x.far - y.far);
}

/** How far a number goes when one assumption goes from its least to its most, the strongest first. */
export function sways(model: Model, moved: Moved, result: string) {
  return sources(model, [result]).map((id) => {
    const ends = (["lo", "hi"] as const).map((end) => values(model, { ...moved, [id]: decimalOf(model.q[id]![end]!) }));
    const [from = "", to = ""] = ends.map((value) => said(model, value, result));
    const [least = 0, most = 0] = ends.map((value) => unless(() => near(value(result)), 1e99));
    return { id, from, to, wide: Math.abs(most - least) };
  }).sort((x, y) => y.wide - x.wide);
}

// --- the address: ?with=peak_factor:5,hits:95 -----------------------------------------------------

const KEY = "with";

export function parse(search: string, model: Model): Moved {
  const pairs = (new URLSearchParams(search).get(KEY) ?? "").split(",").map((pair) => pair.split(":"));
  return Object.fromEntries(pairs.flatMap(([id = "", text = ""]) =>
    model.q[id]?.v && /^\d+(\.\d+)?$/.test(text) ? [[id, clamp(model.q[id]!, text)]] : []));
}

export function serialize(moved: Moved, model: Model): string {
  const pairs = Object.entries(moved).filter(([id, text]) => text !== decimalOf(model.q[id]!.v!));
  return pairs.length ? `?${KEY}=${pairs.map((pair) => pair.join(":")).join(",")}` : "";
}
