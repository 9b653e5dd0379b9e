// The player's state: which scenario, which frame, playing or not. Pure; the clock and the page belong to mount.ts.

export interface State {
  readonly lengths: readonly number[]; // frames of each scenario
  readonly run: number;
  readonly frame: number;
  readonly playing: boolean;
}

export type Act =
  | { do: "step"; by: number }
  | { do: "to"; frame: number }
  | { do: "run"; run: number; frame?: number }
  | { do: "play" }
  | { do: "pause" }
  | { do: "tick" };

export const start = (lengths: readonly number[]): State => ({ lengths, run: 0, frame: 0, playing: false });

const last = (s: State) => (s.lengths[s.run] ?? 1) - 1;
const at = (s: State, frame: number): State => ({ ...s, frame: Math.max(0, Math.min(last(s), Math.trunc(frame) || 0)) });

/** The next state. A step by hand ends the replay; the replay ends at the last frame, and starts over from there. */
export function next(s: State, act: Act): State {
  switch (act.do) {
    case "step": return { ...at(s, s.frame + act.by), playing: false };
    case "to": return { ...at(s, act.frame), playing: false };
    case "run": {
      const run = (act.run + s.lengths.length) % s.lengths.length;
      return at({ ...s, run, playing: false }, act.frame ?? 0);
    }
    case "play": return { ...(s.frame === last(s) ? at(s, 0) : s), playing: last(s) > 0 };
    case "pause": return { ...s, playing: false };
    case "tick": {
      if (!s.playing) return s;
      const moved = at(s, s.frame + 1);
      return { ...moved, playing: moved.frame < last(s) };
    }
  }
}
