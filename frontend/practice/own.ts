// The reader's own plan as it stands today: what was chosen, what is done, and which day holds what.
import { parse } from "../checklists/state";
import type { Store } from "../storage";
import type { Deck } from "./cards";
import { now } from "./clock";
import { dayNamed, ofKind, settings, type Logged } from "./events";
import { due, remembered } from "./memory";
import { done, laid, SETTING, unpacked, type Laid, type Plan, type Setup } from "./plans";
import { readMarks } from "./standing";

export interface Own {
  setup: Setup;
  laid: Laid;
  ready: ReadonlyMap<string, number>;
  interview: number;
}

/** null where no plan is on; "damaged" where what was chosen cannot be read. */
export function own(deck: Deck, plans: readonly Plan[], events: readonly Logged[], store: Store): Own | null | "damaged" {
  const chosen = settings(events), text = chosen.get(SETTING), today = now();
  if (text === undefined) return null;
  const setup = unpacked(text, plans, today);
  if (!setup) return "damaged";
  const interview = dayNamed(chosen.get("interview") ?? ""), { cards } = remembered(ofKind(events, "review"));
  const known = {
    events, deck, read: readMarks(store.read("wh-read")), ticked: parse(store.read("wh-checklists")).ticked,
    due: [...cards].filter(([id, memory]) => due(id, memory, interview) <= today).length,
  };
  const ready = done(setup, interview, known, today);
  return { setup, interview, ready, laid: laid(setup, interview, ready, today) };
}
