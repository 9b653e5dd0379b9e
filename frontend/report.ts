// "Report a line" opens the form for a correction with the section in sight and the words that the reader has selected.
const MOST = 500; // characters of a selection: an address has to stay short

export function report(link: HTMLAnchorElement | null): void {
  link?.addEventListener("click", () => {
    const form = new URL(link.href);
    const selected = getSelection();
    const words = selected?.toString().trim().slice(0, MOST);
    const section = heading(words ? selected?.anchorNode ?? null : null);
    const page = form.searchParams.get("page")?.split("#")[0] ?? location.href;
    form.searchParams.set("page", section ? `${page}#${section}` : page);
    if (words) form.searchParams.set("says", words);
    link.href = form.href;
  });
}

/** Id of the last heading before a place in the text; without a place, of the last that was scrolled past. */
function heading(at: Node | null): string {
  const all = [...document.querySelectorAll<HTMLElement>("main :is(h2, h3)[id]")];
  const before = at
    ? all.filter((one) => one.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)
    : all.filter((one) => one.getBoundingClientRect().top < innerHeight / 2);
  return before.at(-1)?.id ?? "";
}
