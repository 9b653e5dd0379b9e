// The two makers of elements, of HTML and of SVG. What is given as a child is text, never markup.

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

/** drawn("circle", { cx: 5, cy: 5, r: 2 }): an element of a drawing; an attribute without a value is left out. */
export function drawn<K extends keyof SVGElementTagNameMap>(
  tag: K, given: Record<string, string | number> = {}, ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(given)) if (value !== "") made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}
