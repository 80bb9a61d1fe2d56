/** What browsers that have the Network Information API say of the connection. */
export interface Connection {
  saveData?: boolean;
  type?: string;
  effectiveType?: string;
}

/**
 * Whether the page may fetch ahead of need: not where somebody saves data, not over a slow connection, and not
 * where it may be a mobile one. A browser that says nothing of its connection is believed to be on a mobile one
 * where fingers are its first pointer.
 */
export function isUnmetered(connection: Connection | undefined, touchFirst: boolean): boolean {
  const { saveData = false, type, effectiveType = '4g' } = connection ?? {};
  if (saveData || effectiveType !== '4g') return false;
  return type === undefined ? !touchFirst : type === 'wifi' || type === 'ethernet';
}
