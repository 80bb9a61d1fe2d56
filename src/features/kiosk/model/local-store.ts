import type { KeyValueStore } from './visitor-session';

/** What this browser keeps for the site; nothing in private windows or where storage is switched off. */
export const localKeyValueStore: KeyValueStore = {
  read(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(name, value);
      return true;
    } catch {
      return false;
    }
  },
};
