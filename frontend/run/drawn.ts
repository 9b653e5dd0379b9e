// A frame that Python drew in the reader's browser, as elements. The reader's own code can have changed what draws: only what a
// drawing has is taken over, and the rest is text.

const TAGS = new Set(("ol ul li dl dt dd div p span b i em small code svg g path rect circle line text tspan title").split(" "));
const ATTRIBUTES = new Set((
  "class role aria-label aria-hidden viewBox d x y x1 x2 y1 y2 cx cy r rx ry width height transform text-anchor focusable " +
  "preserveAspectRatio"
).split(" "));

export function drawn(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html"); // runs nothing, loads nothing
  const made = document.createDocumentFragment();
  made.append(...[...parsed.body.childNodes].flatMap(taken));
  return made;
}

function taken(node: Node): Node[] {
  if (node instanceof Text) return [document.createTextNode(node.data)];
  if (!(node instanceof Element) || !TAGS.has(node.localName)) return [];
  const made = document.createElementNS(node.namespaceURI, node.localName);
  for (const { name, value } of node.attributes) if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  made.append(...[...node.childNodes].flatMap(taken));
  return [made];
}
