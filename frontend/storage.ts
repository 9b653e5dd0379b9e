// The browser's storage, which may be full, absent or forbidden: then the page still works and says so once.

export interface Store {
  read(key: string): string | null;
  /** False where nothing was kept. */
  write(key: string, value: string): boolean;
  remove(key: string): void;
  /** What is kept under keys that begin so. */
  all(beginning: string): [key: string, value: string][];
}

export function browserStore(): Store {
  return {
    read(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, value);
        return true;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        // nothing was kept
      }
    },
    all(beginning) {
      try {
        return Object.entries(localStorage as unknown as Record<string, string>).filter(([key]) => key.startsWith(beginning));
      } catch {
        return [];
      }
    },
  };
}
