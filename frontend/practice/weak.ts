// The cards that a reader has been asked and does not hold, as the text that Anki imports: the lines of macros/machines/anki.py.
import type { Card, Deck } from "./cards.ts";
import type { Memories } from "./sitting.ts";
import { holds } from "./standing.ts";

const NAME = "Whiteboard Hour", ROOT = "whiteboard-hour", SPARES = 3;

/** Cards that were asked and are not held. */
export const weak = (deck: Deck, memories: Memories, day: number): Card[] =>
  deck.cards.filter(({ id }) => memories.has(id) && !holds(memories.get(id)!, day));

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const field = (text: string): string =>
  text.split(/`([^`]+)`/).map((piece, i) => (i % 2 ? `<code>${escaped(piece)}</code>` : escaped(piece))).join("");
const cell = (text: string): string => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text);

/** The file's text; `root` is the site's address. */
export function asText(deck: Deck, cards: readonly Card[], root: string): string {
  const head = [
    "#separator:tab", "#html:true", "#guid column:1", `#notetype:${NAME}`, `#deck:${NAME}`, `#tags column:${6 + SPARES + 2}`,
  ];
  const rows = cards.map(({ id, of, kind, question, answer }) => {
    const owner = deck.owners[of]!;
    const source = `<a href="${escaped(owner.source.url)}">${field(owner.source.title)}</a>`;
    const link = escaped(`${root}${of}/#card-${id}`);
    const fields = [field(question), field(answer), field(owner.why), field(owner.name), link, source, ...Array<string>(SPARES).fill("")];
    return [`wh-${id}`, ...fields.map(cell), tags(deck, of, kind).join(" ")].join("\t");
  });
  return [...head, ...rows].join("\n") + "\n";
}

function tags(deck: Deck, of: string, kind: string | undefined): string[] {
  const [folder, slug] = of.split("/") as [string, string], { category } = deck.owners[of]!;
  const needing = Object.entries(deck.owners).filter(([, { uses }]) => uses?.includes(of)).map(([place]) => place.replace("problems/", ""));
  const made = folder === "patterns" ? [`pattern::${slug}`, `category::${category}`, ...needing.map((one) => `problem::${one}`)]
    : [`problem::${slug}`];
  return [...made, ...(kind ? [`kind::${kind}`] : [])].map((one) => `${ROOT}::${one}`).sort();
}
