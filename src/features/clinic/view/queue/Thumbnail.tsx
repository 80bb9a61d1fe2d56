import { IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { WorkbenchPhoto } from '../../model/workbench-photo';
import { useClinicServices } from '../context';
import styles from './queue.module.css';

/** The photo, small; a sign where it is being opened, another where the file is no photo. */
export function Thumbnail({ photo: { id, url, unopened } }: { photo: WorkbenchPhoto }) {
  const thumbnail = useThumbnail(id, url);
  const Sign = thumbnail === null || unopened ? IconPhotoOff : IconPhoto;
  return (
    <span className={styles.thumb}>
      {thumbnail ? <img src={thumbnail} alt="" /> : <Sign size={22} stroke={1.25} aria-hidden />}
    </span>
  );
}

/**
 * A `data:` URL; null where the file is no photo, undefined while it is being made. `url` changes when the
 * file has been opened.
 */
function useThumbnail(photoId: string, url: string | null): string | null | undefined {
  const { workbench, thumbnails } = useClinicServices();
  const image = url === null ? null : workbench.imageOf(photoId);
  const [, setMade] = useState<Blob | null>(null);
  const known = image ? thumbnails.known(image) : undefined;
  useEffect(() => {
    if (!image || thumbnails.known(image) !== undefined) return;
    const controller = new AbortController();
    // A row that leaves the view ends the wish; there is nothing to show then.
    thumbnails.make(image, controller.signal).then(
      () => setMade(image),
      () => {},
    );
    return () => controller.abort();
  }, [image, thumbnails]);
  return known;
}
