// What a copy of the guide is, as plain values: which entry answers an address, how much there is, and what went wrong.

/** offline.json: each file's address below the site's root, with a digest of its content. */
export interface Manifest { version: string; files: Record<string, string> }

export type Order = "state" | "keep" | "check" | "drop";

/** How much of a copy there is. `total` is 0 where none was begun; it is whole when `have` has reached `total`. */
export interface State { have: number; total: number; version: string }

/** Why a copy did not become whole: no room left, no network, or a host that did not give some files. */
export interface Trouble { why: "full" | "network" | "host"; file?: string; status?: number }

export type Told = { share: number } | { state: State } | { trouble: Trouble };

export const whole = ({ have, total }: State): boolean => total > 0 && have >= total;

/**
 * The files that may answer an address, the likeliest first. Hosts differ: some drop `.html` or `index.html`, some add or take the last
 * slash. A page of a folder is listed as the folder.
 */
export function candidates(path: string): string[] {
  const bare = path.replace(/(^|\/)index(\.html)?$/, "$1");
  const file = bare.replace(/\/$/, "");
  const folder = bare === "" || bare.endsWith("/");
  const all = folder ? [bare, file, `${file}.html`] : [bare, `${bare}/`, `${bare}.html`, bare.replace(/\.html$/, "/")];
  return [...new Set(all)];
}

/** A page whose name ends with a slash, asked for without it: its links are written for the slash. */
export const lacksSlash = (path: string, file: string): boolean =>
  file.endsWith("/") && path !== "" && !/(\/|\/index\.html|^index\.html)$/.test(path);

/** Names that hold a digest of their content never change. */
export const hashed = (file: string): boolean => /^(assets|search)\/.*\.\w{8}\.\w+$/.test(file);

/** Whether an address that the copy lacks is a page, which then does not exist, or a file that was never to be kept. */
export const isPage = (path: string): boolean => path === "" || /(\/|\.html|(^|\/)[^./]+)$/.test(path);
