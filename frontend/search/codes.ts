// Codes in a query, whatever stands around them: "409 resourceVersion", "got ER_DUP_ENTRY on insert".
//
// A code has a token of its own, written as no word is; its other words are ordinary ones, and count only where the token is there.
// A message that has no such token is a code where its words stand in the query as it has them, and else a line like those of
// `searches`; see lines.ts.
import type { Entry } from "./entry.ts";
import type { Idea } from "./expand.ts";
import type { Named } from "./names.ts";
import { TUNED } from "./tuned.ts";
import { knownName, type Vocabulary } from "./vocabulary.ts";
import { isStop, isWrittenAsCode, joined, ownTokens, stem, terms, words } from "./words.ts";

interface Code {
  entry: number;
  text: string;
  /** Terms of its other words, and of what it means. */
  around: Set<string>;
  /** Which of its entry's codes it is: the first ones are the entry's own. */
  place: number;
}

/** Of one failure's names in several languages, what they share: UNKNOWN_MEMBER_ID, UnknownMemberIdException, UnknownMemberIdError. */
const bare = (key: string) => {
  const rest = key.replace(/(?:error|exception)$/, "");
  return rest.length < TUNED.code.rest ? key : rest;
};
const isNumber = (key: string) => /^\d+$/.test(key);

export class Codes {
  private readonly withToken = new Map<string, Code[]>();
  /** From a message's first word. */
  private readonly messages = new Map<string, { code: Code; message: readonly string[] }[]>();
  private readonly known: Vocabulary;

  constructor(known: Vocabulary) {
    this.known = known;
  }

  /** Reads the entries, with a stop after each. */
  *read(entries: readonly Entry[]): Generator<void> {
    for (const [entry, { codes = [] }] of entries.entries()) {
      for (const [place, text] of codes.entries()) {
        const code: Code = { entry, text, around: new Set(terms(text)), place };
        const keys = ownTokens(knownName(text)).map(bare);
        for (const key of keys) {
          const list = this.withToken.get(key);
          if (list) list.push(code);
          else this.withToken.set(key, [code]);
        }
        if (!keys.length) this.addMessage(code);
      }
      yield;
    }
  }

  private addMessage(code: Code): void {
    const message = words(knownName(code.text)).map(stem);
    if (message.length < TUNED.code.message) return;
    const list = this.messages.get(message[0]);
    if (list) list.push({ code, message });
    else this.messages.set(message[0], [{ code, message }]);
  }

  /** Messages that stand in a longer query, word by word: "clickhouse code 252 too many parts". */
  private messagesIn(query: string): Code[] {
    const said = words(query).map(stem);
    return said.flatMap((word, at) => (this.messages.get(word) ?? [])
      .filter(({ message }) => message.length < said.length && message.every((one, i) => said[at + i] === one))
      .map(({ code }) => code));
  }

  has = (query: string): boolean => tokens(query).some((token) => this.isCode(token));

  /** Each entry that has a code of the query, with its points as a name. */
  in(query: string, asked: readonly Idea[]): Named[] {
    const { own, other, exact, fits, number, plain, few } = TUNED.code;
    const all = tokens(query).filter((token) => this.isCode(token));
    const keys = new Set(all.map((token) => bare(joined(token))));
    const rest = asked.filter(({ word }) => !isStop(word) && !keys.has(bare(word)));
    const information = rest.reduce((sum, idea) => sum + this.information(idea), 0);
    const met = new Map<Code, number>();
    for (const key of keys) {
      const worth = isNumber(key) && rest.length ? (rest.length > few ? number : plain) : own;
      for (const code of this.withToken.get(key)!) met.set(code, Math.max(worth, met.get(code) ?? 0) + (met.has(code) ? other : 0));
    }
    for (const code of keys.size ? [] : this.messagesIn(query)) met.set(code, own);
    return [...met].map(([{ entry, text, around, place }, worth]) => {
      const said = rest.filter(({ expansions }) => expansions.some(({ term }) => around.has(term)));
      const share = information && said.reduce((sum, idea) => sum + this.information(idea), 0) / information;
      const asTyped = all.some((token) => text.includes(token)) ? exact : 0;
      return { entry, points: worth + fits * share + asTyped - TUNED.code.later * place, why: { kind: "known", text } };
    });
  }

  private information({ expansions: [best], factor }: Idea): number {
    return factor * this.known.information(best?.term ?? "");
  }

  /** Whether a token of the query is meant as a code: it looks like one, or it is no ordinary word. */
  private isCode(token: string): boolean {
    const key = joined(token);
    return this.withToken.has(bare(key)) && (isWrittenAsCode(token) || !this.known.isOrdinary(stem(key)));
  }
}

/** What stands between spaces, brackets and quotes, and the parts of "error=access_denied". */
function tokens(query: string): string[] {
  const all = query.split(/[\s,;()[\]{}"'`<>]+/);
  return [...all, ...all.flatMap((token) => (/[=:/|.]/.test(token) ? token.split(/[=:/|.]+/) : []))];
}
