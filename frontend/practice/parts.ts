// What a page of practice has ready for its script: parts by name, and sentences whose blanks are filled in.
import { make } from "../make";

export interface Parts {
  one: <T extends HTMLElement = HTMLElement>(name: string) => T;
  /** The sentence of that name with its ellipses replaced, in order. */
  say: (name: string, ...values: (string | number)[]) => string;
}

export const parts = (box: HTMLElement): Parts => ({
  one: <T extends HTMLElement>(name: string) => box.querySelector<T>(`[data-part="${name}"]`)!,
  say: (name, ...values) => values.reduce<string>(
    (text, value) => text.replace("…", typeof value === "number" ? value.toLocaleString("en-US") : value),
    box.querySelector(`[data-say="${name}"]`)!.textContent!,
  ),
});

/** A text of the data with its one mark, `code`. */
export const said = (text: string): (Node | string)[] =>
  text.split(/`([^`]+)`/).map((piece, i) => (i % 2 ? make("code", { translate: false }, piece) : piece));

/** So many days from now, in words. */
export function inDays(days: number): string {
  if (days <= 0) return "today";
  if (days === 1) return "tomorrow";
  if (days < 60) return `in ${days} days`;
  return days < 700 ? `in ${Math.round(days / 30.4)} months` : `in ${Math.round(days / 365)} years`;
}
