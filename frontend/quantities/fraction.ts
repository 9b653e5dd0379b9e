// Exact arithmetic, as macros/facts/formula.py has it: both print the same because neither rounds before it speaks.

export type Fraction = readonly [above: bigint, below: bigint]; // in lowest terms, below zero only above the stroke

const FINE = 10n ** 30n; // of a root, the smallest part
const POWER = 4096n; // the largest exponent that is worked out, of what is not below one
const KEPT = 256n; // binary digits of a long power
const BITS = 48n; // binary places of a logarithm

export function fraction(above: bigint, below = 1n): Fraction {
  if (!below) throw new RangeError("divides by nothing");
  let a = above < 0n ? -above : above;
  let b = below < 0n ? -below : below;
  while (b) [a, b] = [b, a % b];
  if (below < 0n) a = -a;
  return [above / a, below / a];
}

/** "3/4", "0.5" or "-2" exactly. */
export function exact(text: string): Fraction {
  const [above = "", below = "1"] = text.split("/");
  const [whole = "", part = ""] = above.split(".");
  return fraction(BigInt(whole + part), BigInt(below) * 10n ** BigInt(part.length));
}

export const times = (a: Fraction, b: Fraction) => fraction(a[0] * b[0], a[1] * b[1]);
export const over = (a: Fraction, b: Fraction) => fraction(a[0] * b[1], a[1] * b[0]);
export const less = (a: Fraction, b: Fraction) => a[0] * b[1] < b[0] * a[1];
export const near = (a: Fraction) => Number(a[0] * 10n ** 9n / a[1]) / 1e9; // good enough to draw with

/** The greatest whole number that is not above; BigInt divides towards zero. */
export const floor = ([above, below]: Fraction) => above / below - (above % below < 0n ? 1n : 0n);

function power(base: Fraction, exponent: Fraction): Fraction {
  if (exponent[0] === 1n && exponent[1] === 2n) return root(base);
  let n = floor([exponent[0] * 2n + exponent[1], exponent[1] * 2n]);
  if (n < 0n) [base, n] = [fraction(base[1], base[0]), -n]; // divides by nothing
  let [a, b] = base, made: Fraction = [1n, 1n];
  if (n > POWER && (a >= b || -a >= b)) n = POWER;
  for (; n; n >>= 1n) {
    if (n & 1n) made = cut(made[0] * a, made[1] * b);
    [a, b] = cut(a * a, b * b);
  }
  return fraction(...made);
}

const bits = (n: bigint) => BigInt(n.toString(2).length);

/** The first 256 binary digits of what has more than 512 above or below; of less than 2 to the -4,096th, nothing. */
function cut(above: bigint, below: bigint): Fraction {
  const a = above < 0n ? -above : above;
  const [long, wide] = [bits(a), bits(below)];
  if (long <= 2n * KEPT && wide <= 2n * KEPT) return [above, below];
  if (wide - long > POWER) return [0n, 1n];
  const shift = KEPT + wide - long;
  const up = shift > 0n ? shift : 0n, down = up - shift;
  const whole = (a << up) / (below << down) << down;
  return [above < 0n ? -whole : whole, 1n << up];
}

function root([above, below]: Fraction): Fraction {
  if (above <= 0n) return [0n, 1n];
  const square = above * FINE * FINE / below;
  let x = 1n << (bits(square) + 1n >> 1n);
  for (let y = x; ; x = y) {
    y = (x + square / x) >> 1n;
    if (y >= x) return fraction(x, FINE);
  }
}

function log2([above, below]: Fraction): Fraction {
  if (above <= 0n) return [0n, 1n];
  const one = 1n << 64n;
  let whole = 0n;
  let x = above * one / below;
  for (; x >= 2n * one; x >>= 1n) whole++;
  for (; x > 0n && x < one; x <<= 1n) whole--;
  let result = whole << BITS;
  for (let place = BITS - 1n; place >= 0n; place--) {
    x = x * x >> 64n;
    if (x >= 2n * one) {
      x >>= 1n;
      result += 1n << place;
    }
  }
  return fraction(result, 1n << BITS);
}

const STEPS: Record<string, (a: Fraction, b: Fraction) => Fraction> = {
  "+": (a, b) => fraction(a[0] * b[1] + b[0] * a[1], a[1] * b[1]),
  "-": (a, b) => fraction(a[0] * b[1] - b[0] * a[1], a[1] * b[1]),
  "*": times, "/": over, "**": power,
  min: (a, b) => less(b, a) ? b : a,
  max: (a, b) => less(a, b) ? b : a,
};
const ALONE: Record<string, (a: Fraction) => Fraction> = {
  ceil: ([above, below]) => [-floor([-above, below]), 1n],
  log2,
};

/** A stack program: numbers, names, operators. */
export function run(program: readonly string[], value: (name: string) => Fraction): Fraction {
  const stack: Fraction[] = [];
  for (const token of program) {
    const step = STEPS[token], alone = ALONE[token];
    if (step) {
      const right = stack.pop()!;
      stack.push(step(stack.pop()!, right));
    } else if (alone) stack.push(alone(stack.pop()!));
    else stack.push(/^[a-z]/.test(token) ? value(token) : exact(token));
  }
  return stack[0]!;
}
