// Rehearsals that are over, the last first; a press opens the debrief again.
import { make } from "../make";
import type { Room } from "./mount";
import type { Plan } from "./plan";
import type { Session } from "./state";
import { when } from "./words";

export function pastList(part: Room["part"], plan: Plan, all: readonly Session[], open: (id: string) => Promise<void>): void {
  const over = all.filter(({ done }) => done).reverse();
  part("past")[0]!.hidden = !over.length;
  part("past")[0]!.querySelector("ul")!.replaceChildren(...over.map((s) => {
    const name = plan.problems.find(([slug]) => slug === s.problem)?.[1] ?? s.problem;
    const button = make("button", { type: "button", className: "wh-button" }, `${name}, ${s.slot} minutes, ${when(s)}`);
    button.addEventListener("click", () => void open(s.id));
    return make("li", {}, button);
  }));
}
