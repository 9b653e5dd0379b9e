// sw.js: keeps the whole guide in the reader's browser, once asked to, and answers from there when the network does not.
//
// Pages come from the network first, so that a reader who is online never sees an old one. Files whose name holds a hash come
// from the copy first. A new version is fetched beside the old one and takes its place only when it is whole.

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

export interface Manifest { version: string; files: string[] }
export type Order = "keep" | "check" | "drop";

const PREFIX = "guide-";
const scope = () => self.registration.scope;

const manifest = async (): Promise<Manifest> => {
  const answer = await fetch(`${scope()}offline.json`, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const kept = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name.endsWith(scope()));

/** Fetches what the manifest lists into a cache of its own; older ones go when it is whole. `tell` hears how far it is. */
async function keep(tell: (share: number) => void): Promise<void> {
  const { version, files } = await manifest();
  const name = `${PREFIX}${version} ${scope()}`;
  const cache = await caches.open(name);
  let done = 0;
  const waiting = [...files];
  const fetchSome = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const address = scope() + file;
      if (!(await cache.match(address))) {
        const answer = await fetch(address, { cache: "no-cache" });
        if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
        await cache.put(address, answer);
      }
      tell(++done / files.length);
    }
  };
  await Promise.all(Array.from({ length: 6 }, fetchSome));
  for (const old of await kept()) if (old !== name) await caches.delete(old);
}

async function check(): Promise<void> {
  const [name] = await kept();
  if (name && !name.startsWith(`${PREFIX}${(await manifest()).version} `)) await keep(() => {});
}

async function fromCopy(request: Request): Promise<Response | undefined> {
  for (const name of await kept()) {
    const found = await (await caches.open(name)).match(request, { ignoreSearch: true });
    if (found) return found;
  }
  return undefined;
}

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const port = event.ports[0];
  const orders: Record<Order, () => Promise<void>> = {
    keep: () => keep((share) => port?.postMessage({ share })),
    check,
    drop: async () => {
      for (const name of await kept()) await caches.delete(name);
    },
  };
  const done = orders[event.data as Order]().then(
    () => port?.postMessage({ done: true }),
    (error) => port?.postMessage({ failed: String(error) }),
  );
  event.waitUntil(done);
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope())) return;
  const hashed = request.url.startsWith(`${scope()}assets/`) || request.url.startsWith(`${scope()}search/`);
  event.respondWith(
    (async () => {
      if (hashed) return (await fromCopy(request)) ?? fetch(request);
      try {
        return await fetch(request);
      } catch (error) {
        const missing = request.mode === "navigate" ? new Request(`${scope()}404.html`) : undefined;
        const copy = (await fromCopy(request)) ?? (missing && (await fromCopy(missing)));
        if (copy) return copy;
        throw error;
      }
    })(),
  );
});
