import { Button, Group, SegmentedControl, Select, Slider, Text, Title } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowsExchange } from '@tabler/icons-react';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordPhoto } from '../../../records/record';
import { useLanguage } from '../../../ui/context';
import { type AlignedPhoto, align } from '../../../ui/viewer/alignment';
import { PhotoPair } from '../../../ui/viewer/PhotoPair';
import type { Placement } from '../../../ui/viewer/view';
import type { Case } from '../model/search';
import { timelineOf } from '../model/timeline';
import styles from './case-book.module.css';
import { formatDay } from './day';
import { usePhotoUrl } from './StoredPhoto';

/** Pixels. */
const maxHeight = 480;

const modes = ['beside', 'swipe', 'fade', 'flip'] as const;
type Mode = (typeof modes)[number];

/**
 * Two photos of a lesion at the same scale and place: beside each other, one wiped or faded over the other,
 * or switched by hand.
 */
export function Compare({ lesionCase, packageId }: { lesionCase: Case; packageId: string | null }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const inTime = [...lesionCase.photos].reverse();
  const [ids, setIds] = useState<[string | null, string | null]>([null, null]);
  const [mode, setMode] = useState<Mode>('beside');
  const [share, setShare] = useState(50);
  const [flipped, setFlipped] = useState(false);
  const { ref, width } = useElementSize();
  const first = inTime.find(({ id }) => id === ids[0]) ?? inTime[0];
  const second = inTime.find(({ id }) => id === ids[1]) ?? inTime.at(-1);
  if (!first || !second) return null;

  const beside = mode === 'beside';
  const view = { width, height: Math.round(Math.min(width * 0.75, maxHeight)) };
  const aligned = align(framed(first, lesionCase, packageId), framed(second, lesionCase, packageId), view);
  const days = inTime.map(({ id, takenAt }) => ({ value: id, label: formatDay(takenAt, language) }));
  const over: CSSProperties =
    mode === 'swipe'
      ? { clipPath: `inset(0 0 0 ${share}%)` }
      : { opacity: mode === 'fade' ? share / 100 : flipped ? 1 : 0 };

  return (
    <section aria-label={t('caseBook.compare.heading')}>
      <Group justify="space-between" mb="xs">
        <Title order={3} size="sm">
          {t('caseBook.compare.heading')}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t('caseBook.compare.how')}
          value={mode}
          onChange={(value) => setMode(value as Mode)}
          data={modes.map((value) => ({ value, label: t(`caseBook.compare.${value}`) }))}
        />
      </Group>
      <Group gap="xs" mb="xs">
        <Select
          size="xs"
          aria-label={t('caseBook.compare.first')}
          data={days}
          value={first.id}
          allowDeselect={false}
          onChange={(id) => setIds([id, second.id])}
        />
        <IconArrowsExchange size={16} aria-hidden />
        <Select
          size="xs"
          aria-label={t('caseBook.compare.second')}
          data={days}
          value={second.id}
          allowDeselect={false}
          onChange={(id) => setIds([first.id, id])}
        />
      </Group>
      {beside && <Beside photos={[first, second]} frame={(photo) => framed(photo, lesionCase, packageId)} />}
      <div ref={ref}>
        {!beside && (
          <div className={styles.view} style={{ height: view.height }}>
            <Placed photo={first} at={aligned.first} />
            <div className={styles.over} style={over}>
              <Placed photo={second} at={aligned.second} />
            </div>
          </div>
        )}
      </div>
      {(mode === 'swipe' || mode === 'fade') && (
        <Slider
          mt="sm"
          label={null}
          thumbLabel={t(`caseBook.compare.${mode}`)}
          value={share}
          onChange={setShare}
        />
      )}
      {mode === 'flip' && (
        <Button mt="xs" size="sm" variant="default" onClick={() => setFlipped(!flipped)}>
          {t('caseBook.compare.switch', { day: formatDay((flipped ? first : second).takenAt, language) })}
        </Button>
      )}
      {!beside && (
        <Text size="xs" c="dimmed" mt="xs">
          {t(aligned.toScale ? 'caseBook.compare.toScale' : 'caseBook.compare.noScale')}{' '}
          {t(aligned.centred ? 'caseBook.compare.centred' : 'caseBook.compare.notCentred')}
        </Text>
      )}
    </section>
  );
}

interface BesideProps {
  photos: readonly [RecordPhoto, RecordPhoto];
  frame: (photo: RecordPhoto) => AlignedPhoto;
}

function Beside({ photos: [first, second], frame }: BesideProps) {
  const { language } = useLanguage();
  const urls = [usePhotoUrl(first.id), usePhotoUrl(second.id)] as const;
  const paired = (photo: RecordPhoto, url: string | null) => ({
    ...frame(photo),
    name: photo.name,
    url,
    caption: formatDay(photo.takenAt, language),
  });
  return <PhotoPair first={paired(first, urls[0])} second={paired(second, urls[1])} maxHeight={maxHeight} />;
}

function framed(photo: RecordPhoto, lesionCase: Case, packageId: string | null): AlignedPhoto {
  const point = packageId
    ? timelineOf(lesionCase, packageId).find(({ photoId }) => photoId === photo.id)
    : undefined;
  const search = point?.analysis.lesion;
  const lesion = search?.lesions[search.chosen ?? -1];
  return { width: photo.width, height: photo.height, scale: photo.scale, centre: lesion?.centroid ?? null };
}

function Placed({ photo, at }: { photo: RecordPhoto; at: Placement }) {
  const { t } = useTranslation();
  const url = usePhotoUrl(photo.id);
  return url ? <img src={url} alt={t('photo.alt', { name: photo.name })} style={{ ...at }} /> : null;
}
