import { ActionIcon, Badge, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconMapPin, IconMicroscope, IconPhotoPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordLesion } from '../../../../records/record';
import { addPhotoAddress } from '../../../../ui/addresses';
import { useLanguage } from '../../../../ui/context';
import type { NumberedCase } from '../../model/patient';
import { CaseAnswer } from '../AnswerLine';
import { usePlaceWords } from '../body/use-place-words';
import book from '../case-book.module.css';
import { formatDay } from '../day';
import { StoredPhoto } from '../StoredPhoto';
import styles from './patient.module.css';

interface Props {
  numbered: readonly NumberedCase[];
  /** Those that stand apart from the others. */
  odd: readonly string[];
  active: string | null;
  onActive: (lesionId: string | null) => void;
  onOpen: (lesionId: string) => void;
  onPlace: (lesion: RecordLesion) => void;
}

/** A patient's lesions with the numbers of their pins: each opens, takes a photo, or is put on the map. */
export function LesionList({ numbered, odd, active, onActive, onOpen, onPlace }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const words = usePlaceWords();
  return (
    <ol className={styles.lesions} aria-label={t('patientPage.lesions')}>
      {numbered.map(({ number, lesionCase, pin }) => {
        const { lesion, photos } = lesionCase;
        const [newest] = photos;
        const name = lesion.label || t('caseBook.unnamed');
        return (
          <li
            key={lesion.id}
            data-active={lesion.id === active || undefined}
            onMouseEnter={() => onActive(lesion.id)}
            onMouseLeave={() => onActive(null)}
          >
            <UnstyledButton
              className={book.row}
              onClick={() => onOpen(lesion.id)}
              onFocus={() => onActive(lesion.id)}
              onBlur={() => onActive(null)}
            >
              <span className={styles.number}>{number}</span>
              <span className={book.thumb}>{newest && <StoredPhoto photo={newest} alt="" />}</span>
              <span className={book.rowText}>
                <span className={book.rowTitle}>{name}</span>
                <Text size="xs" c="dimmed" component="span">
                  {[words(lesion), newest && formatDay(newest.takenAt, language)]
                    .filter(Boolean)
                    .join('\u00a0· ')}
                </Text>
                <CaseAnswer lesionCase={lesionCase} />
                {odd.includes(lesion.id) && (
                  <Badge size="xs" variant="outline" tt="none">
                    {t('patientPage.odd')}
                  </Badge>
                )}
              </span>
              <span className={book.rowEnd}>
                {lesion.histology && (
                  <IconMicroscope size={16} role="img" aria-label={t('caseBook.histology')} />
                )}
              </span>
            </UnstyledButton>
            <Tooltip label={t('patientPage.place.set')}>
              <ActionIcon
                variant={pin?.exact ? 'subtle' : 'default'}
                color="gray"
                aria-label={t('patientPage.place.setOf', { name })}
                onClick={() => onPlace(lesion)}
              >
                <IconMapPin size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('patientPage.addPhoto')}>
              <ActionIcon
                component="a"
                href={addPhotoAddress(lesion.id)}
                variant="subtle"
                color="gray"
                aria-label={t('patientPage.addPhotoTo', { name })}
              >
                <IconPhotoPlus size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </li>
        );
      })}
    </ol>
  );
}
