// A button that copies a block of code as it stands.
import { make } from "./make";

export function copyButtons(blocks: Iterable<HTMLElement>): void {
  if (!navigator.clipboard) return;
  for (const block of blocks) {
    const code = block.querySelector("code");
    if (!code) continue;
    const button = make("button", { type: "button", className: "wh-copy" }, "Copy");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent ?? "");
        button.textContent = "Copied";
      } catch {
        button.textContent = "Press Ctrl+C";
        getSelection()?.selectAllChildren(code);
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    block.append(button);
  }
}
