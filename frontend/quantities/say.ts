// A number as a person would say it; macros/facts/saying.py does the same, letter for letter.
import { exact, floor, fraction, less, over, times, type Fraction } from "./fraction.ts";

export interface Said {
  f: string; // base units in one of its unit
  u: [one: string, many: string];
  n: number; // significant digits
  l?: [factor: string, one: string, many: string][]; // of time and data: other units that may say it better
}

const WORDS = [[12, "trillion"], [9, "billion"], [6, "million"]] as const;
const size = ([above, below]: Fraction): Fraction => [above < 0n ? -above : above, below];
const ten = (power: number): Fraction => power < 0 ? [1n, 10n ** BigInt(-power)] : [10n ** BigInt(power), 1n];

/** To so many significant digits, halves away from zero. */
export function rounded(value: Fraction, digits: number): Fraction {
  if (!value[0]) return value;
  const of = size(value);
  let power = of[0].toString().length - of[1].toString().length;
  if (less(of, ten(power))) power--;
  const step = ten(power - digits + 1);
  const [a, b] = over(of, step);
  const whole = times([floor([2n * a + b, 2n * b]), 1n], step);
  return value[0] < 0n ? fraction(-whole[0], whole[1]) : whole;
}

export function decimal(value: Fraction, digits: number): string {
  const exactly = rounded(value, digits);
  let scaled = size(exactly), places = 0;
  for (; scaled[1] !== 1n && places < 12; places++) scaled = times(scaled, [10n, 1n]);
  const text = (scaled[0] / scaled[1]).toString().padStart(places + 1, "0");
  const part = places ? text.slice(-places).replace(/0+$/, "") : "";
  const whole = (places ? text.slice(0, -places) : text).replace(/\B(?=(\d{3})+$)/g, ",");
  return (exactly[0] < 0n ? "\u2212" : "") + whole + (part && `.${part}`);
}

/** [number, unit in words] of a value in base units. */
export function number(value: Fraction, { f, u: [one, many], n, l = [] }: Said): [string, string] {
  let factor = exact(f);
  const inUnit = size(over(value, factor));
  if (l.length && inUnit[0] && (less(inUnit, [1n, 10n]) || !less(inUnit, [1000n, 1n]))) {
    const step = l.filter(([f]) => !less(size(value), exact(f))).at(-1) ?? l[0]!;
    factor = exact(step[0]);
    [, one, many] = step;
  }
  const shown = rounded(over(value, factor), n);
  for (const [power, word] of WORDS) {
    if (!less(size(shown), ten(power))) return [`${decimal(over(shown, ten(power)), n)} ${word}`, many];
  }
  const [a, b] = size(shown);
  return [decimal(shown, n), a === b ? one : many];
}

export function say(value: Fraction, said: Said): string {
  const [text, words] = number(value, said);
  return text + (!words || "%/".includes(words[0]!) ? "" : " ") + words;
}
