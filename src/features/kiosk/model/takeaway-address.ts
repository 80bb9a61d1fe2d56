/** The page that a visitor's phone opens, without what follows. */

/**
 * Where a phone finds this program: the public address that the host named, else the page's own. Null where neither
 * can be reached from a phone: then a code has no address to hold. Both are full addresses; what stands behind "?" and
 * "#" is left out, and a folder ends with a slash.
 */
export function takeawayAddress(publicAddress: string, page: string): string | null {
  return reachable(publicAddress) ?? reachable(page);
}

/** Whether a text is an address that another machine could reach. */
export const isPublicAddress = (text: string): boolean => reachable(text) !== null;

function reachable(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, origin, pathname, username } = new URL(address);
  if (!/^https?:$/.test(protocol) || username !== '' || isThisMachine(hostname)) return null;
  // A file is as good as its folder, but "…/lentigo" means a folder.
  const folder = /\.html?$/.test(pathname) ? pathname.replace(/[^/]*$/, '') : pathname.replace(/\/?$/, '/');
  return origin + folder;
}

/** Names and numbers by which a machine calls itself. */
function isThisMachine(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}
