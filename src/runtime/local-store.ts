/** What this browser keeps for the site, as text. */
export interface LocalStore {
  /** Null where nothing is kept under the name. */
  read(name: string): string | null;
  /** False where it is not kept: barred or full. */
  write(name: string, value: string): boolean;
  remove(name: string): void;
}

/**
 * A store over the browser's own, which throws in private windows and where storage is switched off. There
 * nothing is kept, and what was written holds for this visit only.
 */
export function createLocalStore(storage: () => Storage): LocalStore {
  const attempt = <T>(action: (storage: Storage) => T, otherwise: T): T => {
    try {
      return action(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    read: (name) => attempt((kept) => kept.getItem(name), null),
    write: (name, value) =>
      attempt((kept) => {
        kept.setItem(name, value);
        return true;
      }, false),
    remove: (name) => attempt((kept) => kept.removeItem(name), undefined),
  };
}

export const localStore = createLocalStore(() => localStorage);
