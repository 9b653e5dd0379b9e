"""The log of the reader's browser, read and written past the site's own code."""

import json

ALL = """new Promise((done, failed) => {
  const asked = indexedDB.open("wh");
  asked.onerror = failed;
  asked.onupgradeneeded = () => failed(new Error("the page has made no log yet"));
  asked.onsuccess = () => {
    const all = asked.result.transaction(STORE).objectStore(STORE).getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
})"""
PUT = """(rows) => new Promise((done, failed) => {
  const asked = indexedDB.open("wh");
  asked.onerror = failed;
  asked.onupgradeneeded = () => failed(new Error("the page has made no log yet"));
  asked.onsuccess = () => {
    const change = asked.result.transaction("log", "readwrite");
    rows.forEach((row) => change.objectStore("log").put(row));
    change.oncomplete = () => { asked.result.close(); done(); };
  };
})"""


def all_of(store: str = "log") -> str:
    """An expression for everything in a store."""
    return ALL.replace("STORE", json.dumps(store))
