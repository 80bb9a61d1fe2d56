import { Badge, Text } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../../core/card/card';
import { proposeClass } from '../../../../core/evaluation/synonyms';
import { useLanguage, useServices } from '../../../../ui/context';
import { formatDifference } from '../../../../ui/format';
import { KindMark } from '../../../../ui/KindMark';
import styles from './similar.module.css';
import { useSimilar } from './use-similar';

interface Picture {
  from: 'records' | 'set';
  id: string;
}

interface ShownNeighbour {
  id: string;
  /** A class id, or a word of the table's or the clinician's. */
  diagnosis: string;
  name: string;
  /** Cosine distance, 0 to 2. */
  distance: number;
  picture: Picture;
  /** Where a press leads. */
  href?: string;
  /** The reference set that it is of. */
  set?: string;
}

interface Props {
  heading: string;
  card: Card;
  neighbours: readonly ShownNeighbour[];
}

/** Lesions from the nearest to the farthest, each by its picture, its diagnosis and its distance. */
export function NeighbourList({ heading, card, neighbours }: Props) {
  const id = useId();
  return (
    <div>
      <Text size="sm" id={id}>
        {heading}
      </Text>
      <ol className={styles.neighbours} aria-labelledby={id}>
        {neighbours.map((neighbour) => (
          <li key={neighbour.id}>
            {neighbour.href === undefined ? (
              <div className={styles.neighbour}>
                <NeighbourRow neighbour={neighbour} card={card} />
              </div>
            ) : (
              <a className={styles.neighbour} href={neighbour.href}>
                <NeighbourRow neighbour={neighbour} card={card} />
              </a>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function NeighbourRow({ neighbour, card }: { neighbour: ShownNeighbour; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { diagnosis, name, distance, picture, set } = neighbour;
  // The records and tables write a diagnosis in many ways; the model's own word for it is shown where it has one.
  const known = card.classes.find(({ id }) => id === proposeClass(diagnosis, card.classes));
  return (
    <>
      <Thumbnail picture={picture} />
      <span className={styles.words}>
        <span className={styles.diagnosis}>
          {known ? read(known.name) : diagnosis}
          {known && known.kind !== 'benign' && <KindMark kind={known.kind} />}
        </span>
        <span className={styles.about}>
          {t('similar.distance', { distance: formatDifference(distance, language) })}
          {name && ` · ${name}`}
        </span>
        {set && (
          <Badge size="xs" variant="default" tt="none">
            {set}
          </Badge>
        )}
      </span>
    </>
  );
}

function Thumbnail({ picture }: { picture: Picture }) {
  const url = usePicture(picture);
  return (
    <span className={styles.thumbnail}>
      {url ? <img src={url} alt="" /> : <IconPhoto size={22} stroke={1.25} aria-hidden />}
    </span>
  );
}

/** A `data:` URL of a stored photo, small; null while it loads, or if it is not stored. */
function usePicture({ from, id }: Picture): string | null {
  const { cases } = useServices();
  const { sets, thumbnails } = useSimilar();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const ofRecord = async () => {
      const image = await cases.read((database) => database.image(id));
      return image.ok && image.value ? thumbnails.make(image.value, controller.signal) : null;
    };
    (from === 'records' ? ofRecord() : sets.thumbnail(id)).then(
      (made) => !controller.signal.aborted && setUrl(made),
      () => {},
    );
    return () => controller.abort();
  }, [cases, thumbnails, sets, from, id]);
  return url;
}
