import { useEffect, useState } from 'react';
import type { RecordPhoto } from '../../../records/record';
import { useServices } from '../../../ui/context';

/** The address of a photo that is kept here, while it is on its way null. */
export function usePhotoUrl(photoId: string): string | null {
  const { cases } = useServices();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    void cases.imageUrl(photoId).then((found) => !left && setUrl(found));
    return () => {
      left = true;
    };
  }, [cases, photoId]);
  return url;
}

/** A photo that is kept here. */
export function StoredPhoto({ photo, alt }: { photo: RecordPhoto; alt: string }) {
  const url = usePhotoUrl(photo.id);
  return url ? <img src={url} alt={alt} loading="lazy" /> : null;
}
