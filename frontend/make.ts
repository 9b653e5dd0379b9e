// The one maker of elements. What is given as a child is text, never markup.

type Given<K extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[K], "role">> &
  { role?: string; [aria: `aria-${string}`]: string };

/** make("a", { href, "aria-label": "Home" }, "Home") */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, given: Given<K> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === "role" || name.startsWith("aria-")) made.setAttribute(name, String(value));
    else Object.assign(made, { [name]: value });
  }
  made.append(...children);
  return made;
}
