import { Button, Group, Select, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../core/failure';
import type { BodyPlace } from '../../../core/patient/body-sites';
import type { Photo } from '../../../records/record';
import { useCases, useLanguage, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { type KeptSpot, keepPhoto, keptSpots } from '../model/kept-spots';
import type { SelfCheck, SelfCheckPhoto } from '../model/self-check';
import styles from './self-check.module.css';

interface Props {
  check: SelfCheck;
  photo: SelfCheckPhoto;
  place: BodyPlace | null;
}

/** Keeping the photo for a comparison later, and comparing with one kept before. Neither happens by itself. */
export function KeepPanel({ check, photo, place }: Props) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Failure | null>(null);
  const state = useCases(({ state }) => state);
  // The store is opened only for whoever asks: opening it leaves a trace on the device.
  const open = async () => {
    setAsked(true);
    const loaded = await cases.load();
    if (!loaded.ok) setProblem(loaded.failure);
  };
  return (
    <section className={styles.panel} aria-labelledby="keep">
      <h2 id="keep">{t('selfCheck.keep.heading')}</h2>
      <Text>{t('selfCheck.keep.why')}</Text>
      {problem && <FailureNotice failure={problem} heading={t('selfCheck.keep.failed')} />}
      {asked && state === 'here' ? (
        <Kept check={check} photo={photo} place={place} onProblem={setProblem} />
      ) : (
        <Button variant="default" loading={asked && state === 'loading'} onClick={() => void open()}>
          {t('selfCheck.keep.open')}
        </Button>
      )}
      <Text size="sm" c="dimmed">
        {t('selfCheck.keep.private')}
      </Text>
    </section>
  );
}

const newSpot = 'new';

function Kept({ check, photo, place, onProblem }: Props & { onProblem: (problem: Failure) => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { cases } = useServices();
  const records = useCases(({ records }) => records);
  const [chosen, setChosen] = useState(newSpot);
  const [kept, setKept] = useState<Photo | null>(null);
  const spots = keptSpots(records);
  const spot = spots.find(({ lesion }) => lesion.id === chosen) ?? null;
  const earlier = spot?.photos.find(({ id }) => id !== kept?.id) ?? null;

  const keep = async () => {
    const image = check.image();
    if (!image) return;
    const label = place ? t(`report.site.${place}`) : t('selfCheck.keep.someSpot');
    const lesionId = spot?.lesion.id ?? null;
    const result = await keepPhoto(cases, { image, photo, lesionId, label, site: place, now: new Date() });
    if (result.ok) setKept(result.value);
    else onProblem(result.failure);
  };
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const nameOf = ({ lesion, photos }: KeptSpot) =>
    `${lesion.label || t('selfCheck.keep.someSpot')} · ${days.format(new Date(photos[0]?.takenAt ?? lesion.createdAt))}`;
  const choices = spots.map((one) => ({ value: one.lesion.id, label: nameOf(one) }));
  return (
    <>
      {spots.length > 0 && (
        <Select
          label={t('selfCheck.keep.which')}
          allowDeselect={false}
          disabled={kept !== null}
          value={chosen}
          onChange={(value) => value !== null && setChosen(value)}
          data={[{ value: newSpot, label: t('selfCheck.keep.newSpot') }, ...choices]}
        />
      )}
      {earlier && <Comparison earlier={earlier} now={photo} />}
      {kept ? (
        <Text role="status" fw={500}>
          {t('selfCheck.keep.done')} <a href="#/cases">{t('selfCheck.keep.cases')}</a>
        </Text>
      ) : (
        <Button variant="default" onClick={() => void keep()}>
          {t('selfCheck.keep.action')}
        </Button>
      )}
    </>
  );
}

/** Then and now, side by side. */
function Comparison({ earlier, now }: { earlier: Photo; now: SelfCheckPhoto }) {
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
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(earlier.takenAt));
  return (
    <>
      <Group grow align="flex-start" gap="xs" wrap="nowrap">
        <figure className={styles.then}>
          {url && <img src={url} alt={t('selfCheck.keep.thenAlt', { day })} />}
          <figcaption>{day}</figcaption>
        </figure>
        <figure className={styles.then}>
          <img src={now.url} alt={t('selfCheck.keep.nowAlt')} />
          <figcaption>{t('selfCheck.keep.now')}</figcaption>
        </figure>
      </Group>
      <Text size="sm">{t('selfCheck.keep.look')}</Text>
    </>
  );
}
