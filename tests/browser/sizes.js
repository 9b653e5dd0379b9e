// What a page shows badly at its present size: what sticks out sideways, words that are cut, words that lie on one another.
() => {
  const wrong = new Set();
  const name = (e) => e.tagName.toLowerCase() + (typeof e.className === "string" && e.className ? `.${e.className.split(" ")[0]}` : "");
  const begin = (text) => text.data.trim().slice(0, 30);
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((e) =>
      e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".wh-scroll, .wh-figure__scroll, pre"));
    wrong.add(`sticks out to ${document.documentElement.scrollWidth}: ${wide.slice(0, 3).map(name)}`);
  }
  // What cuts an element's words: the box of the nearest ancestor that hides what it has no room for. Free is what scrolls, what
  // ends in dots, and what is folded away on purpose.
  const FREE = null, NONE = undefined;
  const known = new Map([[document.body, NONE]]);
  const cutter = (e) => {
    if (!known.has(e)) {
      const s = getComputedStyle(e);
      const isFree = s.textOverflow === "ellipsis" || /auto|scroll/.test(s.overflowX + s.overflowY) || s.position === "fixed" ||
        (s.overflow === "hidden" && e.getBoundingClientRect().height < 1);
      known.set(e, isFree ? FREE : /hidden|clip/.test(s.overflowX) ? e.getBoundingClientRect() : cutter(e.parentElement));
    }
    return known.get(e);
  };
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const of = text.parentElement;
    if (!text.data.trim() || of.closest("script, style, option, svg, .wh-hidden, .wh-skip, .wt-v")) continue;
    if (!of.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const clip = cutter(of);
    if (clip === FREE) continue;
    range.selectNodeContents(text);
    for (const r of range.getClientRects()) {
      if (r.width < 1 || r.height < 1) continue;
      if (clip && (r.right > clip.right + 1.5 || r.left < clip.left - 1.5 || r.bottom > clip.bottom + 4)) wrong.add(`cut: ${name(of)} ${begin(text)}`);
      if (r.left < -1) wrong.add(`left of the screen: ${name(of)} ${begin(text)}`);
      if (!of.closest(".wh-header, .wh-toc, .wh-near")) lines.push([r, of, text]); // what stays lies above the rest on purpose
    }
  }
  lines.sort(([a], [b]) => a.top - b.top);
  lines.forEach(([r, of, text], i) => {
    for (let j = i + 1; j < lines.length && lines[j][0].top < r.bottom - 1; j++) {
      const [o, other, said] = lines[j];
      const high = Math.min(r.bottom, o.bottom) - o.top;
      const wide = Math.min(r.right, o.right) - Math.max(r.left, o.left);
      if (of !== other && wide > 2 && high > 0.45 * Math.min(r.height, o.height)) {
        wrong.add(`overlap: ${name(of)} ${begin(text)} | ${name(other)} ${begin(said)}`);
      }
    }
  });
  return [...wrong].slice(0, 6);
}
