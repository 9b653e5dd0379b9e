// How text becomes terms: the same code for the index and for the query.
import { TUNED } from "./tuned.ts";

const list = (text: string) => text.trim().split(/\s+/);

/** Words that carry no information of their own. */
const STOP = new Set(list(`
  a an and are as at be been by can could did do does for from had has have he how i if in into is it its me my of off on or
  our she so than that the their them then there these they this to up us was we were what when where which who why will with
  would you your
`));
/** Words that many queries share and that say little in this field. */
const WEAK = new Set(list(`
  app best between build clone create design difference do does example explain get good handle implement interview like make
  mean means need online pattern patterns platform problem question service system tell use used using vs versus way work works
`));

/** Everyday words: rare in this guide, and yet they tell little, because people say them of everything. */
const COMMON = new Set(list(`
  about after again all almost already also always another any anymore anyone anything around away back because become becomes before
  behind being both bunch but came come comes continue continues current different doing done during each else enough even ever every
  everyone everything few first fix gets give given go goes going gone got had happen happens help here instead just keep keeps kind
  know last later least left less let lets long look looking looks lot made makes making many may maybe might more most move much must
  my myself nearly never new next no nobody non not nothing now often once one only other others out over own people person please put
  quite rather really right said same say says see seem seems set should show shows since some someone something sometimes soon still
  stop such take takes taking than thing things think though three through time times told too took toward tried try trying turn two
  under until upon very want wants way well went whether while whole without within yet
`));

export const isCommon = (word: string) => COMMON.has(word);
export const isStop = (word: string) => STOP.has(word);
export const isWeak = (word: string) => WEAK.has(word);

/**
 * "Signed in", "logging out": one word, so that a sign stays a sign, and a log a log: "logs in loki" are logs, unlike those of "she logs
 * in" and "logs in from two phones".
 */
const ENTERING = new RegExp(
  String.raw`\b(?!logs (?:in|on) (?!(?:after|again|and|as|at|before|but|by|every|from|once|only|through|to|twice|via|while|with)\b)[a-z])` +
  String.raw`(sign|log)(?:s|ed|ged|ing|ging)?[ -](in|on|off|out|up)\b`, "g");

/** Lower-case words without accents and marks: "Pub/Sub, L2" gives pub, sub, l2. */
export function words(text: string): string[] {
  const bare = /[^\0-\x7f]/.test(text) ? text.normalize("NFKD").replace(/[\u0300-\u036f’]/g, "") : text;
  return bare.replaceAll("'", "").toLowerCase().replace(ENTERING, "$1$2").match(/[a-z0-9]+/g) ?? [];
}

/** Written as no word is: ECONNRESET, SameSite, 40P01, If-Match, max.poll.interval.ms. */
export const isWrittenAsCode = (token: string): boolean => /[a-z][A-Z]|\d|\w[_.]\w|^[A-Z]\w*-[A-Z]/.test(token) || isShouted(token);
const isShouted = (token: string): boolean => /^[A-Z]+\W*$/.test(token) && joined(token).length > TUNED.word.letters;

/** "DuplicateKeyException" as three words, where nothing knows it as one. */
export const apart = (text: string, isKnown: (term: string) => boolean): string =>
  text.replace(/\w*[a-z][A-Z]\w*/g, (name) =>
    (isKnown(stem(name.toLowerCase())) ? name : name.replace(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3 $2$4")));

export const joined = (token: string): string => words(token).join("");

/** The tokens of a code's name that are its own; of a name of one token, that one. */
export function ownTokens(name: string): string[] {
  const all = name.split(/\s+/);
  const capitals = all.filter((token) => /^[A-Z]{2,}$/.test(token)); // of "ALTER TABLE" neither is a code, of "getaddrinfo ENOTFOUND" one
  const isAlone = (token: string) => !isShouted(token) || token === all[0] || capitals.length === 1;
  const isOwn = (token: string) => isWrittenAsCode(token) && isAlone(token) && !isAround(joined(token));
  const own = all.length > 1 ? all.filter(isOwn) : all;
  return own.flatMap((token) => [token, ...(/=/.test(token) ? [token.split("=")[0]] : [])]).map(joined).filter(Boolean);
}

/** What people say around a code, a message or a header: "http status code 429", "redis MOVED". */
const AROUND = new Set(list(`
  application code error errors errno exception got getting header http https message sqlstate status aws cloudflare grpc kafka
  kubernetes mongodb mysql nginx postgres postgresql redis
`));
export const isAround = (word: string): boolean => AROUND.has(word);

/** Longest first, so that "ations" is not taken for "s". */
const ENDINGS = list(`
  ations ation ingly ments ances ings edly ment ance ions ing ion ers ies ors ed er es ly or s y e
`);
const SHORTEST = 3; // letters of a stem: what is left of a shorter one could be anything

const stems = new Map<string, string>(); // a text says its words again and again

/** The word without its ending. Only strips, so that a stem is always the beginning of its word. */
export function stem(word: string): string {
  let known = stems.get(word);
  if (known === undefined) stems.set(word, (known = stripped(word)));
  return known;
}

function stripped(word: string): string {
  if (word.length <= SHORTEST || /\d/.test(word)) return word;
  for (const ending of ENDINGS) {
    const rest = word.slice(0, -ending.length);
    const kept = rest.length >= SHORTEST && /[aeiouy]/.test(rest) && !(ending === "s" && rest.endsWith("s"));
    if (kept && word.endsWith(ending)) return bare(rest);
  }
  return word;
}

/** A stem without what its ending had changed: of "running" and "retrying" stay run and retr, "add" stays. */
function bare(rest: string): string {
  if (rest.length <= SHORTEST) return rest;
  if (rest.at(-1) === rest.at(-2) && !/[lsz]/.test(rest.at(-1)!)) return rest.slice(0, -1);
  return rest.length > SHORTEST + 1 ? rest.replace(/[iey]$/, "") : rest;
}

export const terms = (text: string): string[] => words(text).filter((w) => !STOP.has(w)).map(stem);

/** Damerau-Levenshtein distance with swaps of neighbors (optimal string alignment), or more than `most`. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [], above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2] + 1);
      row.push(d);
      if (d < least) least = d;
    }
    if (least > most) return most + 1;
    before = above;
    above = row;
  }
  return above[b.length];
}
