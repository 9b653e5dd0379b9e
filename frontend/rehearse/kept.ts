// The two ends of a rehearsal in the log: its events, typed, and the list of them as it grows, in this tab and in others.
import type { Facts as Own, Event } from "./state.ts";
import { askToKeep, log } from "../practice/log";

declare module "../practice/events" {
  interface Kinds extends Own, Seat {}
}
/** The interviewer's side of the table; `s` is the text of the partner's link. */
export interface Seat {
  "seat.see": { s: string; dim: string; level: string; a: string };
  "seat.note": { s: string; phase: string; text: string };
  "seat.ball": { s: string; ball: string; thrown: boolean };
}

export async function follow(changed: (events: readonly Event[]) => void): Promise<void> {
  let events: Event[] = [...(await log.events())];
  log.subscribe(async (added) => {
    events = added.length ? [...events, ...added] : [...(await log.events())]; // nothing: all was deleted
    changed(events);
  });
  changed(events);
}

export const append = log.append;
export { askToKeep, log };
