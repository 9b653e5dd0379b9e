// The button that opens the sliders; what they need is fetched when it is pressed, or when the address holds a variant.
import { make } from "../make";

export function offer(root: HTMLElement): void {
  const button = make("button", { type: "button", className: "wh-button" }, "Change the assumptions");
  const load = (open: boolean) => {
    button.remove();
    void import("./mount").then((module) => module.mount(root, open));
  };
  button.addEventListener("click", () => load(true));
  root.append(button);
  if (new URLSearchParams(location.search).has("with")) load(false);
}
