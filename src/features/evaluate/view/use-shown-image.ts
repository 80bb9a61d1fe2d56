import { useEffect, useState } from 'react';
import type { Failure } from '../../../core/failure';
import type { Raster } from '../../../core/raster';
import { useEvaluateServices } from './context';

/** An image of the run on its way to the eye. `gone`: the folder is not at hand, or has it no more. */
export type Shown =
  | { state: 'pending' }
  | { state: 'gone' }
  | { state: 'failed'; failure: Failure }
  | { state: 'ready'; url: string; outline: Raster | null };

/** One file is open at a time: the last one is freed when another is asked for. */
export function useShownImage(path: string): Shown {
  const { evaluation } = useEvaluateServices();
  const [shown, setShown] = useState<Shown>({ state: 'pending' });
  useEffect(() => {
    let url: string | null = null;
    let left = false;
    setShown({ state: 'pending' });
    void evaluation.image(path).then((found) => {
      if (left) return;
      if (!found) setShown({ state: 'gone' });
      else if (!found.ok) setShown({ state: 'failed', failure: found.failure });
      else {
        url = URL.createObjectURL(found.value.picture);
        setShown({ state: 'ready', url, outline: found.value.outline });
      }
    });
    return () => {
      left = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [evaluation, path]);
  return shown;
}
