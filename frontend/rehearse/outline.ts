// A board that is typed: `client > api > cache ? db`, laid out as boxes and arrows of the guide's figures. Plain values, no page.

export type Shape = "client" | "service" | "store" | "queue" | "cache";
export type Sign = ">" | "?" | "~" | "x>";
export interface Box { name: string; shape: Shape }
export interface Arrow { from: string; to: string; sign: Sign; words: string }
/** `words`: lines that are no drawing, such as functions and numbers. */
export interface Outline { boxes: ReadonlyMap<string, Box>; arrows: readonly Arrow[]; words: readonly string[] }

/** Lengths in CSS pixels. A box has its lines of words; an arrow its points from end to end, and where its words stand. */
export interface Placed extends Box { x: number; y: number; w: number; h: number; lines: string[] }
export interface Way { arrow: Arrow; points: [number, number][]; at: [number, number]; loop: boolean }
export interface Drawn { width: number; height: number; across: boolean; boxes: Placed[]; ways: Way[] }

export const MOST = 24; // boxes that are drawn
const LONG = 40; // letters of a name
/** What is longer ends in a sign that says so: of "7000 peak", "700" must not be left. */
const cut = (text: string): string => (text.length > LONG ? `${text.slice(0, LONG - 1).trimEnd()}…` : text);
const SAYS: Record<Sign, string> = { ">": "to", "?": "on a miss to", "~": "later to", "x>": "does not reach" };
const WORDS: Partial<Record<Sign, string>> = { "?": "miss", "~": "later" };
const ARROW = /\s*(?:->|→|>|\?|~)\s*|\s+x>\s*/g;
/** "- 70,000 seats", and "In: wait, hold, pay", where no arrow could carry what comes after the colon. */
const PLAIN = /^\s*(?:[-*•–](?!>)\s*(?<dash>.*\S)|(?<colon>[^>→?~;:]*[^>→?~;:\s][^>→?~;:]*:[^>→?~]*[^>→?~\s][^>→?~]*))\s*$/;
/** As in the guide's text diagrams, or by what a name says. */
const MARKS: [RegExp, Shape][] = [
  [/^\[\((.+)\)\]$/, "store"], [/^\[\[(.+)\]\]$/, "queue"], [/^\(\[(.+)\]\)$/, "cache"], [/^\((.+)\)$/, "client"],
];
const NAMES: [RegExp, Shape][] = [
  [/\b(caches?|redis|memcached?|cdn|edge)\b/, "cache"],
  [/\b(queues?|topics?|logs?|streams?|kafka|sqs|broker|outbox|events?)\b/, "queue"],
  [/\b(dbs?|databases?|stores?|storage|tables?|buckets?|blobs?|s3|index|sql|replicas?|shards?)\b/, "store"],
  [/\b(postgres|mysql|dynamo(db)?|cassandra|mongo(db)?)\b/, "store"],
  [/\b(clients?|users?|browsers?|phones?|mobile|apps?|web|riders?|drivers?|buyers?|readers?)\b/, "client"],
];
const LETTER = 7.2, LINE = 16, WRAP = 13, GAP = 38, APART = 14;

/** Reads an outline: an arrow a sign, a chain a line or a semicolon, words after a colon at the chain's last arrow, or in a line alone. */
export function read(text: string): Outline {
  const boxes = new Map<string, Box>(), arrows: Arrow[] = [], words: string[] = [];
  const box = (given: string): string | undefined => {
    const marked = MARKS.map(([mark, shape]) => [mark.exec(given)?.[1], shape] as const).find(([inner]) => inner);
    const name = cut((marked?.[0] ?? given).replace(/[()[\]]/g, " ").replace(/\s+/g, " ").trim()), key = name.toLowerCase();
    if (!name || (!boxes.has(key) && boxes.size === MOST)) return undefined;
    if (!boxes.has(key)) boxes.set(key, { name, shape: marked?.[1] ?? NAMES.find(([words]) => words.test(key))?.[1] ?? "service" });
    return key;
  };
  const chains = text.split("\n").flatMap((line) => {
    const plain = PLAIN.exec(line)?.groups;
    if (!plain) return line.split(";");
    words.push((plain["dash"] ?? plain["colon"]!).trim());
    return [];
  });
  for (const chain of chains) {
    const [path = "", ...rest] = chain.split(":"), label = cut(rest.join(":").trim());
    const signs = [...path.matchAll(ARROW)].map(([found]) => found.trim().replace(/->|→/, ">") as Sign);
    const names = path.split(ARROW).map(box);
    signs.forEach((sign, i) => {
      const [from, to] = [names[i], names[i + 1]];
      const said = i === signs.length - 1 && label ? label : WORDS[sign] ?? "";
      const twice = arrows.some((one) => one.from === from && one.to === to && one.sign === sign);
      if (from && to && from !== to && !twice) arrows.push({ from, to, sign, words: said });
    });
  }
  return { boxes, arrows, words };
}

/** The drawing in words, in the order of typing. */
export function told({ boxes, arrows }: Outline): string {
  const name = (key: string) => boxes.get(key)!.name;
  const alone = [...boxes.keys()].filter((key) => !arrows.some(({ from, to }) => from === key || to === key)).map(name);
  const said = ({ from, to, sign, words }: Arrow) =>
    `${name(from)} ${SAYS[sign]} ${name(to)}${words && words !== WORDS[sign] ? `: ${words}` : ""}`;
  return [...arrows.map(said), ...alone].join("; ");
}

/** How many steps each box stands from where its chains begin; an arrow that leads back to its own beginning counts for nothing. */
function ranks({ boxes, arrows }: Outline): { rank: Map<string, number>; back: Set<Arrow> } {
  const rank = new Map([...boxes.keys()].map((key) => [key, 0])), back = new Set<Arrow>(), done = new Set<string>();
  const visit = (key: string, open: ReadonlySet<string>): void => {
    if (done.has(key)) return;
    const within = new Set([...open, key]);
    for (const arrow of arrows.filter(({ from }) => from === key)) {
      if (within.has(arrow.to)) back.add(arrow);
      else visit(arrow.to, within);
    }
    done.add(key);
  };
  for (const key of boxes.keys()) visit(key, new Set());
  const forward = arrows.filter((arrow) => !back.has(arrow));
  for (let changed = true; changed;) {
    changed = false;
    for (const { from, to } of forward) {
      if (rank.get(to)! > rank.get(from)!) continue;
      rank.set(to, rank.get(from)! + 1);
      changed = true;
    }
  }
  return { rank, back };
}

function wrapped(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= WRAP) lines[lines.length - 1] = `${last} ${word}`;
    else for (let at = 0; at < word.length; at += WRAP + 3) lines.push(word.slice(at, at + WRAP + 3));
  }
  return lines;
}

/** A place in a rank: a box, or where an arrow passes that leads further. */
interface Spot { key?: string; w: number; h: number; x: number; y: number; from: Spot[] }

/** Places everything in the width: across where it has room, else downward. */
export function lay(outline: Outline, width: number): Drawn {
  const wide = placed(outline, true, Infinity);
  return wide.width <= width ? wide : placed(outline, false, width);
}

function placed(outline: Outline, across: boolean, room: number): Drawn {
  const { boxes, arrows } = outline, { rank, back } = ranks(outline);
  const forward = arrows.filter((arrow) => !back.has(arrow));
  const rows: Spot[][] = Array.from({ length: 1 + Math.max(0, ...rank.values()) }, () => []);
  const spots = new Map<string, Spot>(), lines = new Map<string, string[]>();
  for (const [key, { name, shape }] of boxes) {
    const text = wrapped(name);
    const w = Math.max(...text.map(({ length }) => length)) * LETTER + 20, h = text.length * LINE + (shape === "store" ? 24 : 16);
    const spot: Spot = { key, w, h, x: 0, y: 0, from: [] };
    spots.set(key, spot);
    lines.set(key, text);
    rows[rank.get(key)!]!.push(spot);
  }
  const through = new Map<Arrow, Spot[]>();
  for (const arrow of forward) {
    const way = [spots.get(arrow.from)!];
    for (let at = rank.get(arrow.from)! + 1; at < rank.get(arrow.to)!; at++) {
      const pass: Spot = { w: 10, h: 10, x: 0, y: 0, from: [way.at(-1)!] };
      rows[at]!.push(pass);
      way.push(pass);
    }
    const end = spots.get(arrow.to)!;
    end.from.push(way.at(-1)!);
    through.set(arrow, [...way, end]);
  }
  // Within its rank each stands near the middle of where it comes from, so that few arrows cross.
  rows.forEach((row, r) => {
    const before = rows[r - 1] ?? [];
    const middle = ({ from }: Spot) => from.reduce((sum, one) => sum + Math.max(0, before.indexOf(one)), 0) / (from.length || 1);
    row.sort((a, b) => middle(a) - middle(b));
  });
  const [along, over] = across ? (["w", "h"] as const) : (["h", "w"] as const);
  const said = (r: number) => forward.filter(({ to }) => rank.get(to) === r).map(({ words }) => words.length * LETTER);
  const split = across ? rows : rows.flatMap((row) => broken(row, room));
  const breadth = Math.max(1, ...split.map((row) => row.reduce((sum, spot) => sum + spot[over] + APART, -APART)));
  let at = 4;
  split.forEach((row) => {
    const deep = Math.max(...row.map((spot) => spot[along]));
    const total = row.reduce((sum, spot) => sum + spot[over] + APART, -APART);
    const r = rank.get(row.find(({ key }) => key)?.key ?? "") ?? 0;
    if (at > 4) at += across ? Math.max(GAP, ...said(r).map((long) => long + 22)) : GAP;
    let next = 4 + (breadth - total) / 2;
    for (const spot of row) {
      const [first, second] = [at + (deep - spot[along]) / 2, next];
      [spot.x, spot.y] = across ? [first, second] : [second, first];
      next += spot[over] + APART;
    }
    at += deep;
  });
  const depth = at + 4, loops = [...back].length * 16;
  const ways = arrows.map((arrow) => way(arrow, spots, through.get(arrow), across, breadth + 4, [...back].indexOf(arrow)));
  apart(ways, across);
  const words = ways.map(({ arrow, at: [x] }) => x + (across ? arrow.words.length * LETTER / 2 : arrow.words.length * LETTER + 10));
  const [w, h] = across ? [depth, breadth + 8 + loops] : [breadth + 8 + loops, depth];
  const made = [...spots].map(([key, { x, y, w, h }]) => ({ ...boxes.get(key)!, x, y, w, h, lines: lines.get(key)! }));
  return { width: Math.max(w, ...words), height: h, across, boxes: made, ways };
}

/** Words that would lie on others go above or below them. */
function apart(ways: Way[], across: boolean): void {
  const done: { x: number; w: number; y: number }[] = [];
  for (const one of ways.filter(({ arrow }) => arrow.words)) {
    const w = one.arrow.words.length * LETTER, x = one.at[0] - (across ? w / 2 : 0), y = one.at[1];
    const free = [0, -14, 14, -28, 28].find((by) =>
      !done.some((other) => x < other.x + other.w && other.x < x + w && Math.abs(y + by - other.y) < 14));
    one.at = [one.at[0], y + (free ?? 0)];
    done.push({ x, w, y: one.at[1] });
  }
}

/** A rank that has no room in one row, in several. */
function broken(row: Spot[], room: number): Spot[][] {
  const out: Spot[][] = [[]];
  let used = 8;
  for (const spot of row) {
    if (used + spot.w > room && out.at(-1)!.length) {
      out.push([]);
      used = 8;
    }
    out.at(-1)!.push(spot);
    used += spot.w + APART;
  }
  return out;
}

/** From edge to edge through the places between; one that leads back goes around below, or at the right. */
function way(arrow: Arrow, spots: ReadonlyMap<string, Spot>, through: Spot[] | undefined, across: boolean, low: number, nth: number): Way {
  const [a, b] = [spots.get(arrow.from)!, spots.get(arrow.to)!];
  if (!through) {
    const far = low + 10 + nth * 16;
    const points: [number, number][] = across
      ? [[a.x + a.w / 2, a.y + a.h], [a.x + a.w / 2, far], [b.x + b.w / 2, far], [b.x + b.w / 2, b.y + b.h]]
      : [[a.x + a.w, a.y + a.h / 2], [far, a.y + a.h / 2], [far, b.y + b.h / 2], [b.x + b.w, b.y + b.h / 2]];
    return { arrow, points, at: [(points[1]![0] + points[2]![0]) / 2, (points[1]![1] + points[2]![1]) / 2], loop: true };
  }
  const middle = (spot: Spot): [number, number] => [spot.x + spot.w / 2, spot.y + spot.h / 2];
  const points = through.map((spot, i): [number, number] => {
    const [x, y] = middle(spot);
    if (across) return [i === 0 ? spot.x + spot.w : i === through.length - 1 ? spot.x : x, y];
    return [x, i === 0 ? spot.y + spot.h : i === through.length - 1 ? spot.y : y];
  });
  const [before, end] = [points.at(-2)!, points.at(-1)!];
  return { arrow, points, at: [(before[0] + end[0]) / 2, (before[1] + end[1]) / 2], loop: false };
}
