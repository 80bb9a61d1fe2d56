import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodySides, type LesionPlace } from '../../../../core/patient/body-areas';
import { onSide } from '../../../../core/patient/body-point';
import { isSite } from '../../../../core/patient/body-sites';
import type { RecordLesion } from '../../../../records/record';
import { useOutcome } from '../../../../ui/Outcome';
import { ViewChoice } from './BodyPicture';
import { PlacePicker } from './PlacePicker';
import { usePlaceWords } from './use-place-words';
import { placeOfLesion, type StoredPlace, usePlaceWriter } from './use-place-writer';
import { type BodyView, viewOf } from './views';

interface Props {
  lesion: RecordLesion;
  onClose: () => void;
}

/** Sets the place of a lesion on the body map: a point, and with it place and side. */
export function PlaceDialog({ lesion, onClose }: Props) {
  const { t } = useTranslation();
  const notify = useOutcome();
  const words = usePlaceWords();
  const writer = usePlaceWriter(lesion.id);
  /** As it was when the dialog opened: another tab may change it meanwhile. */
  const [known] = useState(() => placeOfLesion(lesion));
  const [place, setPlace] = useState<LesionPlace | null>(() => {
    const { site, side, spot } = lesion;
    return spot && { site: site !== null && isSite(site) ? site : null, side, spot };
  });
  const [view, setView] = useState<BodyView>(place ? viewOf(place.spot.figure) : 'whole');
  const write = (change: Partial<StoredPlace>) =>
    writer.write(change, known, (which) => {
      if (which === 'mine') notify.done(t('patientPage.place.saved'));
      onClose();
    });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('patientPage.place.heading')}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
      transitionProps={{ duration: 120 }}
    >
      <Stack gap="sm">
        <ViewChoice view={view} onView={setView} />
        <PlacePicker view={view} value={place} onChange={setPlace} />
        <Group justify="space-between" align="center">
          <Text fw={600} role="status">
            {(place && words(place)) ?? t('patientPage.place.none')}
          </Text>
          {place && (
            <SegmentedControl
              size="xs"
              aria-label={t('patientPage.place.side')}
              value={place.side ?? ''}
              onChange={(value) => {
                const side = bodySides.find((side) => side === value);
                setPlace((side && onSide(place, side)) ?? place);
              }}
              data={(['left', 'middle', 'right'] as const).map((value) => ({
                value,
                label: t(`patientPage.place.sides.${value}`),
                disabled: onSide(place, value) === null,
              }))}
            />
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {t('patientPage.place.help')}
        </Text>
        <Group justify="flex-end" gap="xs">
          {lesion.spot && (
            <Button variant="subtle" color="gray" onClick={() => void write({ spot: null })}>
              {t('patientPage.place.clear')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('answer.cancel')}
          </Button>
          <Button disabled={place === null} onClick={() => place && void write(place)}>
            {t('patientPage.place.save')}
          </Button>
        </Group>
      </Stack>
      {writer.question}
    </Modal>
  );
}
