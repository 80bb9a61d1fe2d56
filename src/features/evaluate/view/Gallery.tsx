import { Button, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { disagreements, withoutResult, worstErrors } from '../../../core/evaluation/gallery';
import type { JudgedModel } from '../../../core/evaluation/measured';
import { useLanguage } from '../../../ui/context';
import { formatProbability } from '../../../ui/format';
import type { AnsweredImage, ReadClass } from '../model/answered-image';
import type { EvaluationRun } from '../model/run';
import styles from './evaluate.module.css';
import { flagLead } from './flag-lead';
import { ImageViewer } from './ImageViewer';
import { useShownImage } from './use-shown-image';

interface Props {
  run: EvaluationRun;
  model: JudgedModel;
  answers: ReadonlyMap<string, ImageAnswer>;
  classes: readonly ReadClass[];
  titleOf: (packageId: string) => string;
}

/** Files that are open at a time, until more are asked for. */
const step = 12;

type Kind = 'errors' | 'disagreements' | 'refused';

/** Photos worth looking at: the worst errors, what models disagree on, what the clinic would not answer. */
export function Gallery(props: Props) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('errors');
  const lists = useLists(props);
  const [shown, setShown] = useState(step);
  const [open, setOpen] = useState<number | null>(null);
  const items = lists[kind];
  const item = open === null ? undefined : items[open];
  const kinds = (['errors', 'disagreements', 'refused'] as const).filter(
    (each) => each !== 'disagreements' || props.run.models.length > 1,
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
          label: `${t(`evaluate.gallery.${each}`)} (${lists[each].length})`,
        }))}
      />
      <Text size="sm" c="dimmed" mb="sm">
        {t(items.length > 0 ? `evaluate.gallery.${kind}Help` : 'evaluate.gallery.none')}
      </Text>
      <ul className={styles.gallery} aria-label={heading}>
        {items.slice(0, shown).map((each, index) => (
          <li key={each.image.path}>
            <Tile item={each} classes={props.classes} onOpen={() => setOpen(index)} />
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
          item={item}
          place={open}
          count={items.length}
          classes={props.classes}
          model={props.model}
          onGo={setOpen}
          onList={() => setOpen(null)}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

function useLists({ run, model, answers, titleOf }: Props): Record<Kind, AnsweredImage[]> {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { images, models } = run;
  const found = useMemo(
    () => ({
      errors: worstErrors(model, images, answers),
      apart: models
        .filter(({ packageId }) => packageId !== model.packageId)
        .map((other) => ({ other, items: disagreements(model, other, images, answers) })),
      refused: withoutResult(model, images, answers),
    }),
    [model, models, images, answers],
  );
  // An image on which several others part from this model is one image, with what each of them said.
  const apart = new Map<string, AnsweredImage>();
  for (const { other, items } of found.apart) {
    for (const item of items) {
      const { predicted, probability } = item.other;
      const answer = `${predicted}, ${formatProbability(probability, language)}`;
      const said = `${titleOf(other.packageId)}: ${flagLead(t, item.other)}${answer}`;
      const before = apart.get(item.image.path)?.note;
      apart.set(item.image.path, { ...item, note: before ? `${before}; ${said}` : said });
    }
  }
  return {
    errors: found.errors,
    disagreements: [...apart.values()],
    refused: found.refused.map((item) => ({
      ...item,
      note: item.reasons
        .map((reason) =>
          reason === 'distribution' ? t('verdict.noResult') : t(`failure.photo-${reason}.sentence`),
        )
        .join(' '),
    })),
  };
}

/** A photo with what it is and what it was taken for. */
function Tile({
  item,
  classes,
  onOpen,
}: {
  item: AnsweredImage;
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
