// What the reader has typed survives a reload that we offer: fields by their id, for the next page of the same address only.
const KEY = "wh-typed";
const place = () => location.pathname;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const FIELDS = "main :is(textarea, select, input[type=text])[id]:not([readonly]), input[type=search][id]";
const fields = () => document.querySelectorAll<Field>(FIELDS);
const changed = (field: Field) =>
  field instanceof HTMLSelectElement ? !field.selectedOptions[0]?.defaultSelected : field.value !== field.defaultValue;

export function keepTyped(): void {
  const typed = [...fields()].filter(changed).map(({ id, value }) => [id, value]);
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ place: place(), fields: Object.fromEntries(typed) }));
  } catch {
    // without storage the reload is all that can be offered
  }
}

let kept: Record<string, string> | undefined;

/** What was typed into a field before the reload; given once. */
export function typed(id: string): string | undefined {
  kept ??= read();
  const value = kept[id];
  delete kept[id];
  return value;
}

/** Fills the fields that stand in the page. */
export function restoreTyped(): void {
  for (const field of fields()) {
    const text = typed(field.id);
    if (text === undefined || (field instanceof HTMLSelectElement && ![...field.options].some(({ value }) => value === text))) continue;
    field.value = text;
  }
}

function read(): Record<string, string> {
  try {
    const { place: at, fields: of } = JSON.parse(sessionStorage.getItem(KEY) ?? "null") ?? {};
    sessionStorage.removeItem(KEY);
    return at === place() && typeof of === "object" && of ? of : {};
  } catch {
    return {};
  }
}
