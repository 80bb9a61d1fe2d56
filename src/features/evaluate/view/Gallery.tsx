import { Button, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Disagreement, Galleries, GalleryImage, RefusedImage } from '../../../core/evaluation/gallery';
import type { JudgedModel } from '../../../core/evaluation/sample';
import { useLanguage } from '../../../ui/context';
import { formatProbability } from '../../../ui/format';
import type { AnsweredImage, ReadClass } from '../model/answered-image';
import styles from './evaluate.module.css';
import { flagLead } from './flag-lead';
import { ImageViewer } from './ImageViewer';
import { useShownImage } from './use-shown-image';

interface Props {
  model: JudgedModel;
  galleries: Galleries;
  /** Whether several models were asked, which may disagree. */
  several: boolean;
  classes: readonly ReadClass[];
  titleOf: (packageId: string) => string;
}

/** Files that are open at a time, until more are asked for. */
const step = 12;

type Kind = 'errors' | 'disagreements' | 'refused';

/** Photos worth looking at: the worst errors, what models disagree on, what the clinic would not answer. */
export function Gallery({ model, galleries, several, classes, titleOf }: Props) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('errors');
  const withNote = useNotes(titleOf);
  const [shown, setShown] = useState(step);
  const [open, setOpen] = useState<number | null>(null);
  const items: readonly GalleryImage[] = galleries[kind];
  const item = open === null ? undefined : items[open];
  const kinds = (['errors', 'disagreements', 'refused'] as const).filter(
    (each) => each !== 'disagreements' || several,
  );
  const heading = t(`evaluate.gallery.${kind}`);
  return (
    <section className={styles.section} aria-label={t('evaluate.gallery.heading')} data-no-report>
      <h2>{t('evaluate.gallery.heading')}</h2>
      <SegmentedControl
        mb="sm"
        className={styles.kinds}
        aria-label={t('evaluate.gallery.heading')}
        value={kind}
        onChange={(value) => {
          setKind(value as Kind);
          setShown(step);
        }}
        data={kinds.map((each) => ({
          value: each,
          label: `${t(`evaluate.gallery.${each}`)} (${galleries[each].length})`,
        }))}
      />
      <Text size="sm" c="dimmed" mb="sm">
        {t(items.length > 0 ? `evaluate.gallery.${kind}Help` : 'evaluate.gallery.none')}
      </Text>
      <ul className={styles.gallery} aria-label={heading}>
        {items.slice(0, shown).map((each, index) => (
          <li key={each.image.path}>
            <Tile item={each} classes={classes} onOpen={() => setOpen(index)} />
          </li>
        ))}
      </ul>
      {items.length > shown && (
        <Button variant="default" size="sm" mt="sm" onClick={() => setShown(shown + step)}>
          {t('evaluate.gallery.more', { count: Math.min(step, items.length - shown) })}
        </Button>
      )}
      {open !== null && item && (
        <ImageViewer
          heading={heading}
          item={withNote(item)}
          place={open}
          count={items.length}
          classes={classes}
          model={model}
          onGo={setOpen}
          onList={() => setOpen(null)}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

/** Adds to an image what is to be said of it beside its answer. */
function useNotes(titleOf: Props['titleOf']): (item: GalleryImage) => AnsweredImage {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const noteOf = (
    item: GalleryImage & Partial<Pick<Disagreement, 'others'> & Pick<RefusedImage, 'reasons'>>,
  ) =>
    item.others
      ?.map(({ packageId, predicted, probability, ...lead }) => {
        const answer = `${predicted}, ${formatProbability(probability, language)}`;
        return `${titleOf(packageId)}: ${flagLead(t, lead)}${answer}`;
      })
      .join('; ') ??
    item.reasons
      ?.map((reason) =>
        reason === 'distribution' ? t('verdict.noResult') : t(`failure.photo-${reason}.sentence`),
      )
      .join(' ');
  return (item) => {
    const note = noteOf(item);
    return note === undefined ? item : { ...item, note };
  };
}

/** A photo with what it is and what it was taken for. */
function Tile({
  item,
  classes,
  onOpen,
}: {
  item: GalleryImage;
  classes: readonly ReadClass[];
  onOpen: () => void;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const shown = useShownImage(item.image.path);
  const truth = classes[item.truth]?.name ?? '';
  const predicted = classes[item.predicted]?.name ?? '';
  const flag = flagLead(t, item);
  return (
    <UnstyledButton
      className={styles.tile}
      onClick={onOpen}
      aria-label={`${flag}${t('evaluate.gallery.open', { path: item.image.path, truth, predicted })}`}
    >
      <span className={styles.thumb}>
        {shown.state === 'ready' ? (
          <img src={shown.url} alt="" />
        ) : (
          shown.state !== 'pending' && <span>{t('evaluate.gallery.gone')}</span>
        )}
      </span>
      <span>{truth}</span>
      <span>
        {flag}
        {t('evaluate.gallery.as', {
          predicted,
          probability: formatProbability(item.probabilities[item.predicted] ?? 0, language),
        })}
      </span>
    </UnstyledButton>
  );
}
