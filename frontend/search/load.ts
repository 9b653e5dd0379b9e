// Fetches the prepared index and makes the engine from it, once, and in slices: a phone has other things to do as well.
import { address } from "../address";
import { Engine } from "./engine.ts";
import { read, type Written } from "./entry.ts";

const SLICE = 8; // ms of work between two pauses
let loading: Promise<Engine> | undefined;

/** The engine; tries again after a failure. */
export function warm(): Promise<Engine> {
  loading ??= fetch(address(document.documentElement.dataset["index"]))
    .then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json() as Promise<Written>;
    })
    .then(async (prepared) => {
      const engine = new Engine(read(prepared));
      let since = performance.now();
      for (const _ of engine.reading) {
        if (performance.now() - since < SLICE) continue;
        await new Promise((go) => setTimeout(go)); // a hand that types meanwhile is answered
        since = performance.now();
      }
      return engine;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}
