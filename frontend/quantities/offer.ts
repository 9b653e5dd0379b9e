// The button that opens the sliders; what they need is fetched when it is pressed, or when the address holds a variant.
import { explain } from "../later";
import { make } from "../make";

export function offer(root: HTMLElement): void {
  const button = make("button", { type: "button", className: "wh-button" }, "Change the assumptions");
  const load = async (open: boolean) => {
    button.disabled = true;
    try {
      await (await import("./mount")).mount(root, open);
      button.remove();
    } catch {
      button.disabled = false;
      void explain();
    }
  };
  button.addEventListener("click", () => void load(true));
  root.append(button);
  if (new URLSearchParams(location.search).has("with")) void load(false);
}
