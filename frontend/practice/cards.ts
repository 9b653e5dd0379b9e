// What can be asked, as macros/machines/recall.py writes it.

export interface Card {
  id: string;
  /** The page that it belongs to: "patterns/saga". */
  of: string;
  /** "why", "when-not", …; a follow-up has none. */
  kind?: string;
  question: string;
  answer: string;
}
/** A pattern or a problem. */
export interface Owner {
  name: string;
  /** One sentence: the trouble that it is for. */
  why: string;
  source: { title: string; url: string };
  category?: string;
  phases?: readonly string[];
  /** Pages that it is often confused with. */
  confused?: readonly string[];
  /** Of a problem: pages of the patterns that it exercises. */
  uses?: readonly string[];
}
export interface Deck {
  owners: Readonly<Record<string, Owner>>;
  categories: Readonly<Record<string, string>>;
  phases: Readonly<Record<string, string>>;
  cards: readonly Card[];
}
