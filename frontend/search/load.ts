// Fetches the prepared index and makes the engine from it, once.
import { address } from "../address";
import { Engine } from "./engine.ts";
import type { Index } from "./entry.ts";

let loading: Promise<Engine> | undefined;

/** The engine; tries again after a failure. */
export function warm(): Promise<Engine> {
  loading ??= fetch(address(document.documentElement.dataset["index"]))
    .then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json() as Promise<Index>;
    })
    .then((prepared) => new Engine(prepared))
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}
