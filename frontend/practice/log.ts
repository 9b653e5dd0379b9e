// The one log of practice, in IndexedDB: cards, rehearsals, settings. It only grows. How to use it:
//
//   import { log } from "../practice/log";
//   await log.append({ k: "review", card: "saga-why", grade: 3 });      // stamped with id, at, tz, dev; never throws
//   const events = await log.events();                                  // in order, without what was undone: fold these
//   const stop = log.subscribe((added) => …);                           // new events, of this tab and of others
//   await log.undo(event.id);                                           // appends; nothing is changed in place
//   await log.put("audio", blob); await log.media("audio");             // large things: a store of their own, never exported
//
// State is a fold: events.reduce(step, start). Kinds are typed in ./events, which says how a feature adds its own; a fold passes over
// kinds and fields that it does not know, since an event may be of a later version of this site or of an import.
// An event stands in localStorage until IndexedDB has it, so that a link followed at once loses none.
// Where the browser keeps nothing (storage full, forbidden, or lost), append and events go on in memory, and the reader is told once.
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { say } from "../notice";
import { browserStore } from "../storage";
import { fits, parsed, standing, ulid, VERSION, type Aside, type Fact, type Logged } from "./events";

const LOST = "This browser does not keep what you practice: its storage is full or switched off. All works until you leave this page.";
const AHEAD = "wh-ahead-"; // + id: an event until the log has it, since a page that is left cuts off what IndexedDB has only begun
const SLOW = 4000; // ms after which a storage that does not open counts as none: some browsers never answer

interface Stores extends DBSchema {
  log: { key: string; value: Logged };
  aside: { key: string; value: Aside };
  media: { key: string; value: { name: string; blob: Blob; at: number } };
}
export interface Merged {
  added: number;
  known: number;
  aside: number;
}
type Listener = (added: readonly Logged[]) => void;

let connection: Promise<IDBPDatabase<Stores>> | undefined;
let silent: Error | undefined; // once it did not answer
let held: Logged[] = []; // what could not be stored, for as long as the page lives
const listeners = new Set<Listener>();
const others = typeof BroadcastChannel === "function" ? new BroadcastChannel("wh-log") : undefined;
others?.addEventListener("message", ({ data }: MessageEvent<Logged[]>) => tell(data));

const store = browserStore();
const tell = (added: readonly Logged[]) => listeners.forEach((listener) => listener(added));
const chance = () => crypto.getRandomValues(new Uint8Array(1))[0]! % 32;

/** Opens the storage; again after another tab asked for it, or the system took it away. */
function open(): Promise<IDBPDatabase<Stores>> {
  const leave = () => (connection = undefined);
  connection ??= new Promise<IDBPDatabase<Stores>>((resolve, reject) => {
    if (silent) return reject(silent);
    setTimeout(() => reject((silent = new Error("the storage does not open"))), SLOW);
    openDB<Stores>("wh", 1, {
      upgrade(db) {
        db.createObjectStore("log", { keyPath: "id" });
        db.createObjectStore("aside", { keyPath: "text" });
        db.createObjectStore("media", { keyPath: "name" });
      },
      blocking(_now, _wanted, { target }) {
        (target as IDBDatabase).close(); // else an upgrade in another tab would wait for this one
        leave();
      },
      terminated: leave,
    }).then((db) => {
      silent = undefined;
      resolve(db);
    }, reject);
  });
  connection.catch(leave);
  return connection;
}

/** What `work` gives, or what `otherwise` gives where the storage fails: a connection that was closed is tried once more. */
async function stored<T>(work: (db: IDBPDatabase<Stores>) => Promise<T>, otherwise: () => T): Promise<T> {
  for (const last of [false, true]) {
    try {
      return await work(await open());
    } catch (error) {
      const closed = (error as DOMException).name === "InvalidStateError";
      connection = closed ? undefined : connection;
      if (closed && !last) continue;
      break;
    }
  }
  say(LOST);
  return otherwise();
}

/** A random name of this browser, so that two devices can be told apart in a joined log. */
function device(): string {
  const known = store.read("wh-dev");
  if (known) return known;
  const made = Array.from({ length: 8 }, () => chance().toString(32)).join("");
  store.write("wh-dev", made);
  return made;
}
let dev: string | undefined;

const asText = (record: unknown): string => {
  try {
    return JSON.stringify(record) ?? String(record);
  } catch {
    return String(record);
  }
};

/** Takes into the log what a page wrote down and was left before the log had it. */
async function caughtUp(): Promise<void> {
  const left = store.all(AHEAD);
  if (!left.length) return;
  const records = left.map(([, text]) => parsed(text));
  await stored(async (db) => {
    const change = db.transaction(["log", "aside"], "readwrite");
    await Promise.all([...records.map((record, i) => fits(record) ? change.objectStore("log").put(record)
      : change.objectStore("aside").put({ text: left[i]![1], at: Date.now() })), change.done]);
    for (const [key] of left) store.remove(key);
  }, () => undefined);
}

/** Everything that is kept, undone events too. Records that are damaged are moved aside on the way. */
async function whole(): Promise<{ events: Logged[]; aside: Aside[] }> {
  await caughtUp();
  const kept = await stored(async (db) => {
    const rows = (await db.getAll("log")) as unknown[];
    const bad = rows.filter((row) => !fits(row));
    if (bad.length) {
      const change = db.transaction(["log", "aside"], "readwrite");
      await Promise.all(bad.flatMap((row) => [
        change.objectStore("aside").put({ text: asText(row), at: Date.now() }), change.objectStore("log").delete((row as Logged).id),
      ]));
      await change.done;
    }
    return { events: rows.filter(fits), aside: await db.getAll("aside") };
  }, () => ({ events: [] as Logged[], aside: [] as Aside[] }));
  const ids = new Set(kept.events.map(({ id }) => id));
  return { ...kept, events: [...kept.events, ...held.filter(({ id }) => !ids.has(id))] };
}

/** Adds events, those that could not be kept before as well. */
async function add(events: readonly Logged[]): Promise<void> {
  held = await stored(async (db) => {
    const change = db.transaction("log", "readwrite");
    await Promise.all([...[...held, ...events].map((event) => change.store.put(event)), change.done]);
    return [];
  }, () => [...held, ...events]);
  try {
    others?.postMessage(events);
  } catch {
    // what cannot be told is read with the next page
  }
  tell(events);
}

export const log = {
  async append(fact: Fact): Promise<Logged> {
    const at = Date.now();
    dev ??= device();
    const stamp = { v: VERSION, id: ulid(at, chance), at, tz: -new Date(at).getTimezoneOffset(), dev };
    const event: Logged = Object.freeze({ ...fact, ...stamp });
    store.write(AHEAD + event.id, JSON.stringify(event));
    await add([event]);
    store.remove(AHEAD + event.id);
    return event;
  },
  undo: (id: string): Promise<Logged> => log.append({ k: "undo", of: id }),
  async events(): Promise<Logged[]> {
    return standing((await whole()).events);
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },

  /** For the page of what is kept: all events and what was set aside. */
  whole,
  /** The union by id with the records of a file: an event never changes, so what is known stays as it is. */
  async merge(records: readonly unknown[]): Promise<Merged> {
    const { events } = await whole();
    const ids = new Set(events.map(({ id }) => id));
    const good = records.filter(fits), fresh = new Map(good.filter(({ id }) => !ids.has(id)).map((e) => [e.id, e]));
    const bad = records.filter((record) => !fits(record));
    if (bad.length) await log.setAside(bad.map(asText));
    if (fresh.size) await add([...fresh.values()]);
    return { added: fresh.size, known: good.length - fresh.size, aside: bad.length };
  },
  setAside: (texts: readonly string[]): Promise<void> => stored(async (db) => {
    const change = db.transaction("aside", "readwrite");
    await Promise.all([...texts.map((text) => change.store.put({ text, at: Date.now() })), change.done]);
  }, () => undefined),
  /** Deletes everything, pictures and voice too. Other tabs are told by an empty list. */
  async clear(): Promise<void> {
    held = [];
    for (const [key] of store.all(AHEAD)) store.remove(key);
    await stored(async (db) => {
      const change = db.transaction(["log", "aside", "media"], "readwrite");
      await Promise.all((["log", "aside", "media"] as const).map((name) => change.objectStore(name).clear()));
    }, () => undefined);
    others?.postMessage([]);
    tell([]);
  },

  /** Keeps a picture or a voice under a name; false where it was not kept. */
  put: (name: string, blob: Blob): Promise<boolean> =>
    stored(async (db) => Boolean(await db.put("media", { name, blob, at: Date.now() })), () => false),
  media: (name: string): Promise<Blob | undefined> => stored(async (db) => (await db.get("media", name))?.blob, () => undefined),
  /** Deletes pictures and voices that are older than so many days; returns how many stay. */
  prune: (days: number): Promise<number> => stored(async (db) => {
    const old = (await db.getAll("media")).filter(({ at }) => at < Date.now() - days * 86_400_000);
    for (const { name } of old) await db.delete("media", name);
    return db.count("media");
  }, () => 0),
};

/** Asks the browser not to clear the log by itself; for after the first sitting or rehearsal. */
export const askToKeep = async (): Promise<boolean> => {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
};
