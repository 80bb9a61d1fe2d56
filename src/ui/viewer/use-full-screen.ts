import { useEffect, useState } from 'react';

/**
 * Full screen for one part of the page: it covers the page, and the page the screen where the browser lets it
 * (an iPhone does not). The page and not the part, because menus and hints that open from the part hang at
 * the page's end.
 */
export function useFullScreen(): { full: boolean; toggle: () => void } {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  const toggle = () => {
    setFull(!full);
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (!full) document.documentElement.requestFullscreen?.().catch(() => {});
  };
  return { full, toggle };
}
