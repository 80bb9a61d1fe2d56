/**
 * What this browser keeps for the site as text; nothing in private windows or where storage is switched off.
 */
export const localStore = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  /** False where it is not kept. */
  write(name: string, value: string): boolean {
    try {
      localStorage.setItem(name, value);
      return true;
    } catch {
      return false;
    }
  },
};
