// A query as ideas: one for each word, with every way in which the index may say it. One function for each way.
import { alike } from "./senses.ts";
import { TUNED } from "./tuned.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { distance, isAround, isCommon, isStop, isWeak, stem } from "./words.ts";

export interface Expansion {
  term: string;
  /** 1 for the word itself, less for what it may mean. */
  quality: number;
  how: "same" | "like" | "begins" | "spelling";
  /** The word as it is spelled, where it was corrected. */
  word?: string;
}

export interface Idea {
  /** As typed. */
  word: string;
  /** What it counts: "the" less than "cache". */
  factor: number;
  expansions: Expansion[];
  /** Words that it may be a slip of. */
  near?: readonly Expansion[];
}

/** The word as typed, or as corrected. */
export const said = ({ word, expansions }: Idea): string => corrected(expansions) ?? word;
export const corrected = ([best]: readonly Expansion[]): string | undefined => (best?.how === "spelling" ? best.word : undefined);

export const ideas = (query: readonly string[], known: Vocabulary): Idea[] => query.flatMap((_, i) => idea(query, i, known));

/** One idea; two, where two words were typed as one. */
function idea(query: readonly string[], i: number, known: Vocabulary): Idea[] {
  const word = query[i];
  const last = i === query.length - 1;
  if (isNumber(word)) return number(word, query.length, known);
  const found = whole(word, known);
  if (last || (!found.length && query.length <= TUNED.name.most)) found.push(...beginnings(word, found.length > 0, known));
  found.push(...joined(query, i, known));
  found.push(...synonyms(word, query.length, known).filter(isNewTo(found)));
  const rare = found.every(({ term }) => known.isRare(term));
  const near = isStop(word) || (known.isSpelled(word) && !rare) ? [] : slips(word, known);
  if (rare) {
    const others = near.filter(isNewTo(found));
    const isSlip = !known.isSpelled(word) && others.some(({ term }) => known.isTitled(term)); // "braker" is no form of "brake"
    if (isSlip) found.unshift(...others);
    else found.push(...others);
  }
  if (!found.length) found.push(...straightened(word, known));
  const halves = found.length || isAround(word) ? undefined : split(word, last, known);
  return halves ?? [{ word, factor: known.isCode(word) ? TUNED.word.code : factor(word), expansions: found, near }];
}

const factor = (word: string) => TUNED.word[isStop(word) ? "stop" : isWeak(word) ? "weak" : isCommon(word) ? "common" : "other"];
const same = (term: string): Expansion => ({ term, quality: 1, how: "same" });
const isNewTo = (found: readonly Expansion[]) => ({ term }: Expansion) => !found.some((one) => one.term === term);

/** The word without its ending, and as it stands. */
function whole(word: string, known: Vocabulary): Expansion[] {
  return [...new Set([stem(word), word])].filter(known.has).map(same);
}

/** Words that it begins, the nearer to the end the better. */
function beginnings(word: string, isKnown: boolean, known: Vocabulary): Expansion[] {
  const { letters, terms, quality, complete, short, shortQuality } = TUNED.beginning;
  if (word.length < letters) return [];
  const begun = known.beginning(word, terms).filter((term) => term !== stem(word));
  return begun.map((term, i) => {
    const unlikely = word.length < short && (isKnown || i > 0);
    return { term, quality: unlikely ? shortQuality : quality + complete * (word.length / term.length), how: "begins" };
  });
}

/** Joined with its neighbors: "web sockets", "hyper log log". */
function joined(query: readonly string[], i: number, known: Vocabulary): Expansion[] {
  const together = (from: number, to: number) => (query[from] && query[to] ? [stem(query.slice(from, to + 1).join(""))] : []);
  const asFiled = query[i + 1] ? [query[i] + stem(query[i + 1])] : []; // see `pairs`
  const withNext = new Set([...asFiled, ...together(i, i + 1)]);
  return [...withNext, ...together(i, i + 2), ...together(i - 1, i), ...together(i - 2, i)].filter(known.has).map(same);
}

/** Everyday words that mean the same. */
function synonyms(word: string, length: number, known: Vocabulary): Expansion[] {
  const quality = TUNED.synonym.quality / (1 + TUNED.synonym.fade * Math.max(0, length - TUNED.synonym.words));
  return [...new Set(alike(stem(word)))].filter(known.has).map((term) => ({ term, quality, how: "like" }));
}

const isNumber = (word: string) => /^\d+$/.test(word);

/** A number is itself or nothing: no beginning, no slip. */
function number(word: string, length: number, known: Vocabulary): Idea[] {
  const { other, status, number } = TUNED.word;
  const factor = !known.isName(word) ? number : length === 1 || known.isCode(word) ? other : status;
  return [{ word, factor, expansions: [word].filter(known.has).map(same) }];
}

/** "overbooked" as booked, where nothing knows it. */
function straightened(word: string, known: Vocabulary): Expansion[] {
  const rest = word.replace(/^(?:over|under|re|un|pre|mis|non|auto|de|out)-?/, "");
  if (rest === word || rest.length < TUNED.bent.letters) return [];
  return [stem(rest)].filter(known.has).map((term) => ({ term, quality: TUNED.bent.quality, how: "like" }));
}

/** The same as with the key before, for all words but the one that is being typed. */
function slips(word: string, known: Vocabulary): readonly Expansion[] {
  let found = known.slips.get(word);
  if (!found) known.slips.set(word, (found = typos(word, known)));
  return found;
}

/** Known words within one change, or two for a long word. */
function typos(word: string, known: Vocabulary): Expansion[] {
  const { one, two, otherFirst, slack, words, near, far } = TUNED.typo;
  const most = word.length < one ? 0 : word.length < two ? 1 : 2;
  const found: { word: string; term: string; away: number }[] = [];
  for (let length = word.length - most; length <= word.length + most; length++) {
    for (const { word: other, term } of known.spelled(length)) {
      if (!beginsAlike(word, other)) continue;
      const changes = distance(word, other, most);
      if (changes <= most) found.push({ word: other, term, away: other[0] === word[0] ? changes : changes + otherFirst });
    }
  }
  found.sort((a, b) => a.away - b.away || Number(known.isTitled(b.term)) - Number(known.isTitled(a.term)));
  const kept = found.filter(({ away }) => away <= found[0].away + slack).slice(0, words);
  return kept.map(({ word, term, away }) => ({ term, quality: away <= 1 ? near : far, how: "spelling", word }));
}

/** The first or second letter is right, or they are swapped: a quick look before the costly one. */
const beginsAlike = (a: string, b: string) => b[0] === a[0] || b[1] === a[1] || b[0] === a[1];

/** Two words typed as one. The first cut with a known word on either side counts. */
function split(word: string, last: boolean, known: Vocabulary): Idea[] | undefined {
  const { letters, half } = TUNED.split;
  if (word.length < letters) return undefined;
  for (let cut = half; cut <= word.length - half; cut++) {
    const [left, right] = [word.slice(0, cut), word.slice(cut)];
    const first = halfWord(left, false, known);
    const second = first.length ? halfWord(right, last, known) : [];
    if (second.length) {
      return [{ word: left, factor: TUNED.word.other, expansions: first }, { word: right, factor: TUNED.word.other, expansions: second }];
    }
  }
  return undefined;
}

/** A half is a known word, or, at the end of the query, the beginning of some. */
function halfWord(half: string, last: boolean, known: Vocabulary): Expansion[] {
  const { quality, beginning, beginnings } = TUNED.split;
  const term = known.termOf(half);
  if (term) return [{ term, quality, how: "same" }];
  return last ? known.beginning(half, beginnings).map((begun) => ({ term: begun, quality: beginning, how: "begins" })) : [];
}
