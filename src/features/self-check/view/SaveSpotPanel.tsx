import { Button, Group, Select, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../core/date-locale';
import type { Failure } from '../../../core/failure';
import type { BodyPlace } from '../../../core/patient/body-sites';
import type { RecordPhoto } from '../../../records/record';
import { useCases, useLanguage, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { type SavedSpot, savedSpots, saveSpot } from '../model/saved-spots';
import type { SelfCheck, SelfCheckPhoto } from '../model/self-check';
import styles from './self-check.module.css';

interface Props {
  check: SelfCheck;
  photo: SelfCheckPhoto;
  place: BodyPlace | null;
  /** A doctor is to see the spot now, whatever a comparison shows. */
  urgent: boolean;
}

/**
 * Keeping the photo for a comparison later, and comparing with one kept before. Neither happens by itself.
 */
export function SaveSpotPanel({ check, photo, place, urgent }: Props) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const [opened, setOpened] = useState(false);
  const [problem, setProblem] = useState<Failure | null>(null);
  const state = useCases(({ state }) => state);
  // The store is opened only for whoever asks: opening it leaves a trace on the device.
  const open = async () => {
    setOpened(true);
    const loaded = await cases.load();
    if (!loaded.ok) setProblem(loaded.failure);
  };
  return (
    <section className={styles.panel} aria-labelledby="keep">
      <h2 id="keep">{t('selfCheck.save.heading')}</h2>
      <Text>{t('selfCheck.save.why')}</Text>
      {problem && <FailureNotice failure={problem} heading={t('selfCheck.save.failed')} />}
      {opened && state === 'ready' ? (
        <SavedSpots check={check} photo={photo} place={place} urgent={urgent} onProblem={setProblem} />
      ) : (
        <Button variant="default" loading={opened && state === 'loading'} onClick={() => void open()}>
          {t('selfCheck.save.open')}
        </Button>
      )}
      <Text size="sm" c="dimmed">
        {t('selfCheck.save.private')}
      </Text>
    </section>
  );
}

const newSpot = 'new';

function SavedSpots({
  check,
  photo,
  place,
  urgent,
  onProblem,
}: Props & { onProblem: (problem: Failure) => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { cases } = useServices();
  const records = useCases(({ records }) => records);
  const [chosen, setChosen] = useState(newSpot);
  const [saved, setSaved] = useState<RecordPhoto | null>(null);
  const spots = savedSpots(records);
  const spot = spots.find(({ lesion }) => lesion.id === chosen) ?? null;
  const earlier = spot?.photos.find(({ id }) => id !== saved?.id) ?? null;

  const save = async () => {
    const image = check.image();
    if (!image) return;
    const label = place ? t(`report.site.${place}`) : t('selfCheck.save.someSpot');
    const lesionId = spot?.lesion.id ?? null;
    const result = await saveSpot(cases, { image, photo, lesionId, label, site: place, now: new Date() });
    if (result.ok) setSaved(result.value);
    else onProblem(result.failure);
  };
  const nameOf = ({ lesion, photos }: SavedSpot) =>
    `${lesion.label || t('selfCheck.save.someSpot')} · ${formatDate(photos[0]?.takenAt ?? lesion.createdAt, language)}`;
  const choices = spots.map((spot) => ({ value: spot.lesion.id, label: nameOf(spot) }));
  return (
    <>
      {spots.length > 0 && (
        <Select
          label={t('selfCheck.save.which')}
          allowDeselect={false}
          disabled={saved !== null}
          value={chosen}
          onChange={(value) => value !== null && setChosen(value)}
          data={[{ value: newSpot, label: t('selfCheck.save.newSpot') }, ...choices]}
        />
      )}
      {earlier && <BeforeAfter earlier={earlier} now={photo} urgent={urgent} />}
      {saved ? (
        <Text role="status" fw={500}>
          {t('selfCheck.save.done')} <a href="#/cases">{t('selfCheck.save.cases')}</a>
        </Text>
      ) : (
        <Button variant="default" onClick={() => void save()}>
          {t('selfCheck.save.action')}
        </Button>
      )}
    </>
  );
}

/** Then and now, side by side. */
function BeforeAfter({
  earlier,
  now,
  urgent,
}: {
  earlier: RecordPhoto;
  now: SelfCheckPhoto;
  urgent: boolean;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { cases } = useServices();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void cases.imageUrl(earlier.id).then((found) => !gone && setUrl(found));
    return () => {
      gone = true;
    };
  }, [cases, earlier.id]);
  const day = formatDate(earlier.takenAt, language, { dateStyle: 'long' });
  return (
    <>
      <Group grow align="flex-start" gap="xs" wrap="nowrap">
        <figure className={styles.beforeAfter}>
          {url && <img src={url} alt={t('selfCheck.save.thenAlt', { day })} />}
          <figcaption>{day}</figcaption>
        </figure>
        <figure className={styles.beforeAfter}>
          <img src={now.url} alt={t('selfCheck.save.nowAlt')} />
          <figcaption>{t('selfCheck.save.now')}</figcaption>
        </figure>
      </Group>
      {!urgent && <Text size="sm">{t('selfCheck.save.look')}</Text>}
    </>
  );
}
