// What each figure of the page is at its present width: its name and kind, how tall it stands, its least type in px, how far it scrolls
// sideways, and what sticks out of the screen. Of two drawings the one that is shown counts.
() => [...document.querySelectorAll(".wh-figure")].map((figure) => {
  const seen = [...figure.querySelectorAll("svg")].filter((one) => one.checkVisibility());
  const called = figure.querySelector("[aria-labelledby]")?.getAttribute("aria-labelledby").split(" ")[0] ?? "";
  const [, kind = "", name = ""] = called.match(/^(\w+)-(.+)-t$/) ?? [];
  const sizes = seen.flatMap((svg) => {
    const scale = svg.getScreenCTM().a; // less than its width says where its height is bounded
    return [...svg.querySelectorAll("text")].filter((one) => one.textContent.trim())
      .map((one) => parseFloat(getComputedStyle(one).fontSize) * scale);
  });
  const box = (seen[0] ?? figure).getBoundingClientRect(), scroll = figure.querySelector(".wh-figure__scroll, .wh-scroll");
  return {
    kind: { figure: "text", drawing: "computed", plot: "plot" }[kind] ?? kind,
    name, shown: seen.length, tall: Math.round(box.height),
    least: sizes.length ? Math.round(Math.min(...sizes) * 10) / 10 : 0,
    scrolls: scroll ? scroll.scrollWidth - scroll.clientWidth : 0,
    out: box.left < -1 || (!scroll && box.right > innerWidth + 1),
  };
})
