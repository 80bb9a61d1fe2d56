import { ActionIcon, Text, Title, Tooltip } from '@mantine/core';
import { IconTrash, IconZoomScan } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { storedPhotoAddress } from '../../../ui/addresses';
import { useLanguage } from '../../../ui/context';
import type { Case } from '../model/search';
import { shownEntry } from '../model/shown-entry';
import { timelineOf } from '../model/timeline';
import { AnswerLine } from './AnswerLine';
import styles from './case-book.module.css';
import { formatDay } from './day';
import { StoredPhoto } from './StoredPhoto';
import { useRemove } from './use-remove';

/**
 * The photos of a lesion side by side, the oldest first, each with the answer of the package; one that only
 * others have answered has theirs, by name.
 */
export function Photos({ lesionCase, packageId }: { lesionCase: Case; packageId: string | null }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const remove = useRemove();
  const timeline = packageId ? timelineOf(lesionCase, packageId) : [];
  return (
    <section aria-label={t('caseBook.photos')}>
      <Title order={3} size="sm" mb="xs">
        {t('caseBook.photos')}
      </Title>
      <ul className={styles.photos}>
        {[...lesionCase.photos].reverse().map((photo) => {
          const own = timeline.find(({ photoId }) => photoId === photo.id);
          const entries = lesionCase.entries.filter(({ photoId }) => photoId === photo.id);
          const answer = own ?? shownEntry({ photos: [photo], entries });
          return (
            <li key={photo.id}>
              <figure>
                <div
                  className={styles.letterbox}
                  style={{ '--ratio': photo.width / photo.height } as CSSProperties}
                >
                  <StoredPhoto photo={photo} alt={t('photo.alt', { name: photo.name })} />
                </div>
                <figcaption>
                  <span>
                    <Text size="sm" fw={600} component="span" display="block">
                      {formatDay(photo.takenAt, language)}
                    </Text>
                    {answer ? (
                      <AnswerLine analysis={answer.analysis} beside={answer} named={!own} />
                    ) : (
                      <Text size="xs" c="dimmed" component="span">
                        {photo.name}
                      </Text>
                    )}
                  </span>
                  <Tooltip label={t('handOver.toClinic')}>
                    <ActionIcon
                      component="a"
                      href={storedPhotoAddress(photo.id)}
                      variant="subtle"
                      color="gray"
                      aria-label={t('handOver.toClinicOf', { day: formatDay(photo.takenAt, language) })}
                    >
                      <IconZoomScan size={16} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                  <Tooltip label={t('caseBook.deletePhoto')}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('caseBook.deletePhotoOf', { day: formatDay(photo.takenAt, language) })}
                      onClick={() => void remove('photos', photo.id, t('caseBook.deletedPhoto'))}
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                </figcaption>
              </figure>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
