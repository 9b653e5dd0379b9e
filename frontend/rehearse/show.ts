// Small ways of putting data on the page: texts with `code`, lists, links, and the parts that the template names.
import { address } from "../address";
import { explain } from "../later";
import { make } from "../make";
import type { Link } from "./plan";

/** A text of the data, `code` as code. */
export const said = (text: string): (Node | string)[] =>
  text.split(/`([^`]+)`/).map((piece, i) => (i % 2 ? make("code", { translate: false }, piece) : piece)).filter((piece) => piece !== "");

export const linked = ([to, words]: Link, blank = false): HTMLAnchorElement =>
  make("a", blank ? { href: address(to), target: "_blank", rel: "noopener" } : { href: address(to) }, words);

export const items = (rows: readonly string[]): HTMLLIElement[] => rows.map((row) => make("li", {}, ...said(row)));

/** Says the same only once: a text that is there already is not written again, so that nothing flickers or is read twice. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Elements of a template by their data-part; of one that stands twice, all get what is written. */
export const parts = (root: HTMLElement) => (name: string): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(`[data-part="${name}"]`)];

/** A file that the reader saves. */
export function save(name: string, text: string, type: string): void {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Reads JSON of the site; where it does not come, the reader is told why, and it rejects. */
export async function fetched<T>(place: string): Promise<T> {
  const answer = await fetch(address(place)).catch(() => undefined);
  if (answer?.ok) return (await answer.json()) as T;
  void explain();
  throw new Error(`${place}: ${answer?.status ?? "no network"}`);
}
