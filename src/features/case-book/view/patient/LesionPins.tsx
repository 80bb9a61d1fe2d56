import { Text } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NumberedCase } from '../../model/patient';
import { isFlagged } from '../../model/shown-decision';
import { shownEntry } from '../../model/shown-entry';
import { BodyPicture, Pin, ViewChoice } from '../body/BodyPicture';
import styles from '../body/body.module.css';
import { usePlaceWords } from '../body/use-place-words';
import { type BodyView, views } from '../body/views';

interface Props {
  numbered: readonly NumberedCase[];
  /** The lesion that is pointed at in the list beside the map. */
  active: string | null;
  onActive: (lesionId: string | null) => void;
  onOpen: (lesionId: string) => void;
}

/** All lesions of a patient as pins on the body map; a pin opens its lesion. One stop of the Tab key. */
export function LesionPins({ numbered, active, onActive, onOpen }: Props) {
  const { t } = useTranslation();
  const words = usePlaceWords();
  const [view, setView] = useState<BodyView>('whole');
  const [reached, setReached] = useState<number | null>(null);
  const elements = useRef(new Map<number, SVGGElement>());
  const pinned = numbered.flatMap(({ pin, ...others }) => (pin ? [{ ...others, pin }] : []));
  const here = pinned.filter(({ pin }) => views[view].figures.includes(pin.figure.id));
  const stop = here.some(({ number }) => number === reached) ? reached : here[0]?.number;
  const missing = numbered.length - pinned.length;

  const keyed = (event: KeyboardEvent, index: number, lesionId: string) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === ' ' || event.key === 'Enter') onOpen(lesionId);
    else if (by === undefined) return;
    else {
      const next = here[(index + by + here.length) % here.length];
      if (next) elements.current.get(next.number)?.focus();
    }
    event.preventDefault();
  };

  return (
    <div>
      <ViewChoice view={view} onView={setView} />
      {/* biome-ignore lint/a11y/useSemanticElements: no field set stands around a picture. */}
      <div role="group" aria-label={t('patientPage.map.label', { count: here.length })}>
        <BodyPicture
          view={view}
          shape={({ key, d }) => <path key={key} className={styles.shape} d={d} aria-hidden />}
        >
          {here.map(({ number, lesionCase, pin }, index) => {
            const { lesion } = lesionCase;
            const shown = shownEntry(lesionCase);
            const flagged = shown !== null && isFlagged(shown);
            const name = [
              lesion.label || t('caseBook.unnamed'),
              words(lesion),
              flagged ? t('patientPage.flagged') : null,
            ];
            return (
              <Pin
                key={lesion.id}
                ref={(element: SVGGElement | null) => {
                  if (element) elements.current.set(number, element);
                  else elements.current.delete(number);
                }}
                pin={pin}
                view={view}
                label={String(number)}
                flagged={flagged}
                role="button"
                tabIndex={number === stop ? 0 : -1}
                data-active={lesion.id === active || undefined}
                aria-label={t('patientPage.lesionOf', { number, name: name.filter(Boolean).join(', ') })}
                onClick={() => onOpen(lesion.id)}
                onFocus={() => setReached(number)}
                onKeyDown={(event) => keyed(event, index, lesion.id)}
                onMouseEnter={() => onActive(lesion.id)}
                onMouseLeave={() => onActive(null)}
              />
            );
          })}
        </BodyPicture>
      </div>
      <Text size="xs" c="dimmed">
        {[
          pinned.length > here.length &&
            t('patientPage.map.elsewhere', { count: pinned.length - here.length }),
          here.some(({ pin }) => !pin.exact) && t('patientPage.map.about'),
          missing > 0 && t('patientPage.map.missing', { count: missing }),
          here.length > 1 && t('patientPage.map.keys'),
        ]
          .filter(Boolean)
          .join(' ')}
      </Text>
    </div>
  );
}
