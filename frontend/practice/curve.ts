// The calibration curve: fills the table and the plot that stand in the page (macros/pages/templates/curve.j2).
import { calibration } from "./calibration";
import { ofKind, type Logged } from "./events";
import { parts } from "./parts";
import { drawn } from "../make";

const MOST = 9; // radius of the step with most answers
const x = (sure: number) => 50 + (sure - 50) * 3.8, y = (share: number) => 180 - share * 170;

export function curve(box: HTMLElement, events: readonly Logged[]): void {
  const { one, say } = parts(box), enough = Number(box.dataset["enough"]);
  const { answers, brier, steps } = calibration(ofKind(events, "defend"));
  one("brier").textContent = answers >= enough ? say("brier", brier.toFixed(2), answers)
    : answers ? say("few", answers, enough) : say("none");
  one("curve").hidden = answers < enough;
  for (const row of box.querySelectorAll<HTMLElement>("[data-step]")) {
    const step = steps.find(({ sure }) => sure === Number(row.dataset["step"]));
    const [count, share] = row.querySelectorAll("td");
    count!.textContent = String(step?.answers ?? 0);
    share!.textContent = step ? `${Math.round((100 * step.held) / step.answers)}%` : "";
  }
  const most = Math.max(...steps.map((step) => step.answers), 1);
  const at = steps.map(({ sure, answers: n, held }) => ({ cx: x(sure), cy: y(held / n), r: Math.max(3, MOST * Math.sqrt(n / most)) }));
  const dots = at.map((given) => drawn("circle", given));
  one("dots").replaceChildren(drawn("polyline", { points: at.map(({ cx, cy }) => `${cx},${cy}`).join(" ") }), ...dots);
}
