// The button below the code; what it opens is loaded on the click.
import { make } from "../make";

export function offer(box: HTMLElement): void {
  const { run: module, worker, size } = box.dataset as Record<string, string>;
  const open = make("button", { type: "button", className: "wh-button wh-code__open" }, `Run it here (loads ${size} MB once)`);
  open.addEventListener("click", async () => {
    open.disabled = true;
    try {
      await (await import("./mount")).panel(box, module!, worker!);
      open.remove();
    } catch {
      open.disabled = false;
      open.textContent = "Could not be loaded; try again";
    }
  });
  box.append(open);
}
