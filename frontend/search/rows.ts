// Results as elements. Text only: nothing that was typed or indexed is ever parsed as markup.
import { address } from "../address";
import { make } from "../make";
import type { Result } from "./engine.ts";

const WHY = { name: "Also called: ", known: "", search: "Asked as: ", failure: "Symptom: " };
/** Where a result leads: to the failure itself, where the reason tells of one. See failure_modes.j2. */
const place = ({ entry, why }: Result) => address(why?.at === undefined ? entry.url : `${entry.url}#fails-${why.at + 1}`);

export function row(result: Result, id: string): HTMLAnchorElement {
  const { entry, kind, hits, why } = result;
  const link = option(id, place(result), make("b", {}, ...marked(entry.title, hits)));
  const mark = entry.mark ?? kind.label;
  if (mark) link.append(make("span", { className: `wh-card__mark wh-${entry.accent ?? "plain"}` }, mark));
  const said = why ? [WHY[why.kind], ...marked(why.text, hits)] : entry.summary ? marked(kind.before + entry.summary, hits) : [];
  link.append(make("span", { className: "wh-results__line" }, ...said));
  return link;
}

export const option = (id: string, href: string, ...children: (Node | string)[]): HTMLAnchorElement =>
  make("a", { id, href, tabIndex: -1, role: "option", "aria-selected": "false" }, ...children);

export function group(label: string, options: readonly HTMLElement[]): HTMLElement {
  const head = make("p", { className: "wh-results__group", "aria-hidden": "true" }, label);
  return make("div", { role: "group", "aria-label": label }, head, ...options);
}

/** Text with the words that begin like a hit in <mark>. */
export function marked(text: string, hits: readonly string[]): (Node | string)[] {
  const found = hits.filter((hit) => hit.length > 1);
  if (!found.length) return [text];
  return text.split(/([\p{L}\p{N}]+)/u).map((part) => {
    const word = part.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    const isHit = found.some((hit) => word.startsWith(hit) || (word.length > 3 && hit.startsWith(word)));
    return word && isHit ? make("mark", {}, part) : part;
  });
}
