// Results as elements. Text only: nothing that was typed or indexed is ever parsed as markup.
import type { Result } from "./engine.ts";
import { address } from "./load";

export function row(result: Result, id: string): HTMLAnchorElement {
  const { entry, kind } = result;
  const link = option(id, address(entry.url));
  const name = document.createElement("b");
  name.append(...marked(entry.title, result.hits));
  link.append(name);
  const mark = entry.mark ?? kind.label;
  if (mark) {
    const sign = document.createElement("span");
    sign.className = `wh-card__mark wh-${entry.accent ?? "plain"}`;
    sign.textContent = mark;
    link.append(sign);
  }
  const line = document.createElement("span");
  line.className = "wh-results__line";
  if (result.why) line.append(result.why.kind === "name" ? "Also called: " : "You may type: ", ...marked(result.why.text, result.hits));
  else if (entry.summary) line.append(...marked(kind.before + entry.summary, result.hits));
  link.append(line);
  return link;
}

export function option(id: string, href: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.id = id;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.tabIndex = -1;
  link.href = href;
  return link;
}

export function group(label: string, options: HTMLElement[]): HTMLElement {
  const box = document.createElement("div");
  const head = document.createElement("p");
  head.className = "wh-results__group";
  head.textContent = label;
  head.setAttribute("aria-hidden", "true");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  box.append(head, ...options);
  return box;
}

/** Text with the words that begin like a hit in <mark>. */
export function marked(text: string, hits: readonly string[]): (Node | string)[] {
  const found = hits.filter((hit) => hit.length > 1);
  if (!found.length) return [text];
  return text.split(/([\p{L}\p{N}]+)/u).map((part) => {
    const word = part.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    if (!word || !found.some((hit) => word.startsWith(hit) || (word.length > 3 && hit.startsWith(word)))) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}
