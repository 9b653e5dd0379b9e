// The button below the code; what it opens is loaded on the click.

export function offer(box: HTMLElement): void {
  const { run: module, worker: address, size } = box.dataset as Record<string, string>;
  const open = Object.assign(document.createElement("button"), {
    type: "button", className: "wh-button wh-code__open", textContent: `Run it here (loads ${size} MB once)`,
  });
  open.addEventListener("click", async () => {
    open.disabled = true;
    try {
      await (await import("./mount")).panel(box, module!, address!);
      open.remove();
    } catch {
      open.disabled = false;
      open.textContent = "Could not be loaded; try again";
    }
  });
  box.append(open);
}
