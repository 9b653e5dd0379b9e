// The button below the code; what it opens is loaded on the click.
import { explain } from "../later";
import { make } from "../make";

export function offer(box: HTMLElement): void {
  const { run: module, worker, style, size } = box.dataset as Record<string, string>;
  const open = make("button", { type: "button", className: "wh-button wh-code__open" }, `Run it here (loads ${size} MB once)`);
  open.addEventListener("click", async () => {
    open.disabled = true;
    try {
      await (await import("./mount")).panel(box, module!, worker!, style!);
      open.remove();
    } catch {
      open.disabled = false;
      open.textContent = "Could not be loaded; try again";
      void explain();
    }
  });
  box.append(open);
}
