// Where the prepared index lies, and the one engine made from it.
import { Engine } from "./engine.ts";
import type { Index } from "./entry.ts";

const { base = ".", index = "" } = document.documentElement.dataset;
let loading: Promise<Engine> | undefined;

export const address = (url: string) => `${base.replace(/\/$/, "")}/${url}`;

/** Fetches the index and makes the engine, once; tries again after a failure. */
export function warm(): Promise<Engine> {
  loading ??= fetch(address(index))
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
