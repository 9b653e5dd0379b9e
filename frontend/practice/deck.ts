// Loads the cards that can be asked, on the pages of practice only.
import { address } from "../address";
import type { Card, Deck } from "./cards";
import type { Shelf } from "./forks";
import type { Plan } from "./plans";

const read = async <T>(name: string): Promise<T> => {
  const answer = await fetch(address(`practice/${name}.json`));
  if (!answer.ok) throw new Error(`practice/${name}.json: ${answer.status}`);
  return answer.json() as Promise<T>;
};
let loading: Promise<Deck> | undefined;

/** The recall cards, in the order in which new ones are asked. */
export const deck = (): Promise<Deck> => (loading ??= read<Deck>("cards").catch((error: unknown) => {
  loading = undefined;
  throw error;
}));
/** The plans by the time left. */
export const plans = (): Promise<readonly Plan[]> => read<readonly Plan[]>("plans");
/** The follow-ups of patterns and problems, as cards. */
export const followUps = (): Promise<readonly Card[]> => read<readonly Card[]>("follow-ups");
/** The forks that can be defended. */
export const shelves = (): Promise<readonly Shelf[]> => read<readonly Shelf[]>("forks");
