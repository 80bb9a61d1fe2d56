import { useEffect, useEffectEvent, useState } from 'react';
import { mayBePhoto } from '../core/image/file-names';
import { filesOfDrop } from './dropped-files';

/**
 * Files and folders dropped anywhere on the page, or pasted. `onFiles` gets an empty list where something
 * without a file was dropped or pasted, so that the page can say so. `wanted`: which files of a dropped folder
 * come, by their names; photos unless it says otherwise. Returns whether something is being
 * dragged over the page now. A drop never leads the browser away.
 */
export function useIncomingFiles(
  onFiles: (files: File[], how: 'dropped' | 'pasted') => void,
  wanted?: (name: string) => boolean,
): boolean {
  const [dragging, setDragging] = useState(false);
  const deliver = useEffectEvent(onFiles);
  const isWanted = useEffectEvent((name: string) => (wanted ?? mayBePhoto)(name));

  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving the window, not just one element for the next.
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setDragging(false);
      void filesOfDrop(event.dataTransfer, (name) => isWanted(name)).then((files) =>
        deliver(files, 'dropped'),
      );
    };
    const paste = (event: ClipboardEvent) => {
      // Text pasted into a field is none of our business.
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]'))
        return;
      deliver([...(event.clipboardData?.files ?? [])], 'pasted');
    };
    const listeners = { dragover: over, dragleave: leave, drop, paste } as const;
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  }, []);

  return dragging;
}
