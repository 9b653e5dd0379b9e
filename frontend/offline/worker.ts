// sw.js: keeps the whole guide in the reader's browser, once asked to, and answers from there when the network does not.
//
// Pages come from the network first, so that a reader who is online sees no old one; a network that fails, hangs or answers with an
// error of the host's loses to the copy. Files whose name holds a digest come from the copy first. A new version is put together beside
// the old one, from what did not change and what is fetched, and takes its place only when it is whole.
import { candidates, hashed, isPage, lacksSlash, type Manifest, type Order, type State, type Told, type Trouble, whole } from "./copy";

// As much of a service worker as is used here; the compiler's own library for it and that of pages exclude each other.
type Extendable = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Extendable & { request: Request; respondWith(answer: Promise<Response>): void };
declare const self: {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", hear: (event: Extendable) => void): void;
  addEventListener(name: "message", hear: (event: Extendable & MessageEvent) => void): void;
  addEventListener(name: "fetch", hear: (event: Fetching) => void): void;
};

const PREFIX = "guide-", LIST = "offline.json";
const AT_ONCE = 6; // files under way
const TRIES = 2, PAUSE = 700; // of one file; milliseconds between them
const ENOUGH = 12; // files that a host did not give, after which no more are asked for
const LONG = 20_000; // milliseconds for a file that is to be kept
const PATIENCE = 2000; // milliseconds for a page of which there is a copy
const GRACE = 20_000; // milliseconds after a network failed, in which the copy does not wait for it again

const scope = () => self.registration.scope;
const named = (version: string) => `${PREFIX}${version} ${scope()}`;
const versionOf = (name: string) => name.slice(PREFIX.length, name.indexOf(" "));

class Failed extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.why);
    this.trouble = trouble;
  }
}

/** A file as it is kept: its words and its kind, without what a host says of whom they are for, or whether it was led elsewhere. */
async function fetched(file: string): Promise<Response> {
  try {
    const answer = await fetch(scope() + file, { cache: hashed(file) ? "default" : "no-cache", signal: AbortSignal.timeout(LONG) });
    if (!answer.ok) throw new Failed({ why: "host", file, status: answer.status });
    if (!answer.url.startsWith(new URL(scope()).origin)) throw new Failed({ why: "network", file }); // a hotel's page of welcome
    const headers = new Headers();
    for (const name of ["content-type", "content-security-policy"]) {
      const value = answer.headers.get(name);
      if (value) headers.set(name, value);
    }
    return new Response(await answer.blob(), { headers });
  } catch (error) {
    throw error instanceof Failed ? error : new Failed({ why: "network", file });
  }
}

async function put(cache: Cache, file: string, answer: Response): Promise<void> {
  try {
    await cache.put(scope() + file, answer);
  } catch {
    throw new Failed({ why: "full", file });
  }
}

async function manifest(): Promise<Manifest> {
  const answer = await fetch(scope() + LIST, { cache: "no-store", signal: AbortSignal.timeout(LONG) }).catch(() => {
    throw new Failed({ why: "network" });
  });
  if (!answer.ok) throw new Failed({ why: "host", file: LIST, status: answer.status });
  return answer.json().catch(() => {
    throw new Failed({ why: "network" });
  });
}

interface Copy { name: string; cache: Cache; list: Manifest; state: State }

/** Every copy that was begun: whole ones first, and of these the newest. */
async function copies(): Promise<Copy[]> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name.endsWith(` ${scope()}`)).reverse();
  const found = await Promise.all(names.map(async (name): Promise<Copy | undefined> => {
    const cache = await caches.open(name);
    const list: Manifest | undefined = await (await cache.match(scope() + LIST))?.json();
    if (!list) return void (await caches.delete(name)); // of an older worker, or broken off at once
    const has = new Set((await cache.keys()).map(({ url }) => url.slice(scope().length)));
    const files = Object.keys(list.files);
    return { name, cache, list, state: { have: files.filter((file) => has.has(file)).length, total: files.length, version: list.version } };
  }));
  const all = found.filter((one) => one !== undefined);
  return [...all.filter(({ state }) => whole(state)), ...all.filter(({ state }) => !whole(state))];
}

let known: Promise<Copy[]> | undefined; // until something changes
const kept = () => (known ??= copies());
const changed = () => {
  known = undefined;
};

async function state(): Promise<State> {
  changed();
  return (await kept())[0]?.state ?? { have: 0, total: 0, version: "" };
}

/** One after another, however many tabs ask; all of them hear how far it is. */
let running: Promise<void> | undefined;
let dropped = false;
const ears = new Set<(told: Told) => void>();

function keep(): Promise<void> {
  running ??= fill().finally(() => {
    running = undefined;
    changed();
  });
  return running;
}

async function fill(): Promise<void> {
  dropped = false;
  for (let again = 0; again < 3; again += 1) {
    const list = await manifest();
    await fillWith(list);
    if (dropped || (await manifest()).version === list.version) return; // else the site was published anew meanwhile
  }
}

async function fillWith(list: Manifest): Promise<void> {
  const old = (await copies()).filter(({ name }) => name !== named(list.version));
  const cache = await caches.open(named(list.version));
  await put(cache, LIST, new Response(JSON.stringify(list), { headers: { "content-type": "application/json" } }));
  const files = Object.keys(list.files);
  const waiting = [...files];
  const missing: Trouble[] = [];
  let done = 0, stop: Failed | undefined;

  const one = async (file: string): Promise<void> => {
    if (await cache.match(scope() + file)) return;
    for (const copy of old) {
      const same = copy.list.files[file] === list.files[file] && (await copy.cache.match(scope() + file));
      if (same) return put(cache, file, same);
    }
    for (let tries = 1; ; tries += 1) {
      try {
        return await put(cache, file, await fetched(file));
      } catch (error) {
        const { trouble } = error as Failed;
        if (trouble.why === "full" || tries === TRIES || dropped) throw error;
        await new Promise((later) => setTimeout(later, PAUSE));
      }
    }
  };
  const some = async () => {
    for (let file = waiting.shift(); file !== undefined && !stop && !dropped; file = waiting.shift()) {
      try {
        await one(file);
        for (const ear of ears) ear({ share: ++done / files.length });
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        if (error.trouble.why === "host" && missing.push(error.trouble) < ENOUGH) continue;
        stop ??= error; // one file more would meet the same
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  if (dropped) return void (await caches.delete(named(list.version)));
  if (missing[0]) throw new Failed(missing[0]);
  if (stop) throw stop;

  // Pages that are open belong to the version before: what they may still load stays until the next one.
  for (const copy of old.filter(({ state }) => whole(state)).slice(0, 1)) {
    for (const file of Object.keys(copy.list.files).filter((f) => hashed(f) && !(f in list.files))) {
      const answer = await copy.cache.match(scope() + file);
      if (answer) await cache.put(scope() + file, answer).catch(() => {});
    }
  }
  for (const { name } of old) await caches.delete(name);
}

/** A whole copy of another version is replaced; a copy that was left unfinished is not, until the reader says so. */
async function check(): Promise<void> {
  const current = (await copies())[0];
  if (!current || !whole(current.state)) return;
  const { version } = await manifest();
  if (versionOf(current.name) !== version) await keep();
}

async function drop(): Promise<void> {
  dropped = true;
  await running?.catch(() => {});
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name.endsWith(` ${scope()}`)) await caches.delete(name);
  changed();
}

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const port = event.ports[0];
  const order = event.data as Order;
  const tell = (told: Told) => port?.postMessage(told);
  const work: Record<Order, () => Promise<void>> = { state: () => self.clients.claim(), keep, check, drop };
  if (order === "keep") ears.add(tell); // claim: a page that was loaded past the worker is its own again
  const failed = (error: unknown) => tell({ trouble: error instanceof Failed ? error.trouble : { why: "network" } });
  const done = work[order]()
    .then(async () => tell({ state: await state() }), async (error) => {
      changed();
      failed(error);
      tell({ state: await state() });
    })
    .finally(() => ears.delete(tell));
  event.waitUntil(done);
});

/** The first of the files, from the first copy that has one. */
async function fromCopy(files: readonly string[]): Promise<{ file: string; answer: Response } | undefined> {
  for (const { cache } of await kept()) {
    for (const file of files) {
      const answer = await cache.match(scope() + file, { ignoreVary: true });
      if (answer) return { file, answer };
    }
  }
  return undefined;
}

let failedAt = -Infinity; // when the network last lost to the copy

/** The network's answer, words and all, if it comes in time and is no error of the host's. */
async function inTime(request: Request): Promise<Response> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE, new Error("late")));
  const whole = fetch(request).then(async (answer) => {
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (!answer.body || answer.type === "opaqueredirect") return answer;
    const again = answer.clone();
    await again.blob(); // headers that come and words that hang are no answer
    return answer;
  });
  return Promise.race([whole, late]);
}

async function answered(request: Request): Promise<Response> {
  const path = decoded(new URL(request.url).pathname.slice(new URL(scope()).pathname.length));
  const files = candidates(path);
  if (hashed(path)) return (await fromCopy(files))?.answer ?? fetch(request);
  const found = await fromCopy(files);
  const asks = request.mode === "navigate";
  if (!found) {
    try {
      return await fetch(request);
    } catch (error) {
      const [copy] = await kept();
      const stands = copy && (isPage(path) && whole(copy.state) ? "404.html" : "not-kept.html");
      const says = asks && stands && (await fromCopy([stands]));
      if (says) return says.answer;
      throw error;
    }
  }
  const moved = () => Response.redirect(scope() + found.file + new URL(request.url).search);
  const copy = () => (asks && lacksSlash(path, found.file) ? moved() : found.answer);
  if (Date.now() - failedAt < GRACE && request.cache !== "reload") {
    void fetch(request).then(({ status }) => status < 500 && (failedAt = -Infinity)).catch(() => {});
    return copy();
  }
  try {
    return await inTime(request);
  } catch {
    failedAt = Date.now();
    return copy();
  }
}

const decoded = (path: string) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope()) || request.url === scope() + LIST) return;
  event.respondWith(answered(request));
});
