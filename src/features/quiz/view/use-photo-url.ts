import { useEffect, useState } from 'react';
import { useQuizParts } from './context';

/** An address of a kept photo while a part shows it; null until it is read. */
export function usePhotoUrl(sha256: string): string | null {
  const { library } = useQuizParts();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    void library.photo(sha256).then((photo) => {
      if (!photo || gone) return;
      made = URL.createObjectURL(photo);
      setUrl(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [library, sha256]);
  return url;
}
