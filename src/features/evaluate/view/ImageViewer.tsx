import { Button, Group, Loader, Switch, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconCheck, IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidOf } from '../../../core/evaluation/gallery';
import { ageOf, sexOf, siteOf } from '../../../core/evaluation/labels';
import type { JudgedModel } from '../../../core/evaluation/sample';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatNumber, formatProbability } from '../../../ui/format';
import { ProbabilityBars } from '../../../ui/ProbabilityBars';
import { useSubgroupWords } from '../../../ui/subgroup-words';
import { useBriefList } from '../../../ui/use-brief-list';
import { useSaidDecision } from '../../../ui/use-said-decision';
import { OutlineLayer } from '../../../ui/viewer/OutlineLayer';
import { PhotoViewer } from '../../../ui/viewer/PhotoViewer';
import { useFullScreen } from '../../../ui/viewer/use-full-screen';
import type { AnsweredImage, ReadClass } from '../model/answered-image';
import { Dialog } from './Dialog';
import styles from './image-viewer.module.css';
import { type Shown, useShownImage } from './use-shown-image';

interface Props {
  heading: string;
  item: AnsweredImage;
  /** Where it stands among `count`, from 0. */
  place: number;
  count: number;
  classes: readonly ReadClass[];
  model: JudgedModel;
  onGo: (place: number) => void;
  onList: () => void;
  onClose: () => void;
}

/** The clinic's keys; each presses the part of the dialog that has its name in `data-shortcut`. */
const keys: Record<string, string> = {
  j: 'next',
  ArrowRight: 'next',
  k: 'previous',
  ArrowLeft: 'previous',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  0: 'zoom-reset',
  f: 'full-screen',
  g: 'outline',
};

/**
 * One image of a cell as near as one likes, beside what its label says and what the model answered; the next
 * is one key away.
 */
export function ImageViewer({ heading, item, place, count, classes, model, onGo, onList, onClose }: Props) {
  const { t } = useTranslation();
  const { full, toggle } = useFullScreen();
  const narrow = useMediaQuery('(max-width: 48em)');
  const [outlined, setOutlined] = useState(true);
  const shown = useShownImage(item.image.path);
  const press = (event: KeyboardEvent) => {
    // The photo itself moves by the arrow keys, and has said so.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = keys[event.key];
    if (!name) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)?.click();
  };
  return (
    <Dialog onClose={onClose} title={heading} fullScreen={full || narrow} size="min(96vw, 88rem)" centered>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys press buttons that stand in it */}
      <div className={styles.viewer} data-full={full || undefined} onKeyDown={press}>
        <div className={styles.ground}>
          <Picture shown={shown} path={item.image.path} outlined={outlined} fullScreen={toggle} />
        </div>
        <aside className={styles.panel}>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Button
              variant="default"
              size="sm"
              leftSection={<IconArrowLeft size={16} aria-hidden />}
              onClick={onList}
            >
              {t('evaluate.toList')}
            </Button>
            <Group gap={4} wrap="nowrap">
              <Button
                variant="default"
                size="sm"
                px="xs"
                data-shortcut="previous"
                aria-label={t('evaluate.previousImage')}
                // Disabled, it would lose the focus, and the keys with it.
                data-disabled={place === 0 || undefined}
                aria-disabled={place === 0}
                onClick={() => onGo(Math.max(0, place - 1))}
              >
                <IconChevronLeft size={18} aria-hidden />
              </Button>
              <Button
                variant="default"
                size="sm"
                px="xs"
                data-autofocus
                data-shortcut="next"
                aria-label={t('evaluate.nextImage')}
                data-disabled={place === count - 1 || undefined}
                aria-disabled={place === count - 1}
                onClick={() => onGo(Math.min(count - 1, place + 1))}
              >
                <IconChevronRight size={18} aria-hidden />
              </Button>
            </Group>
          </Group>
          <div aria-live="polite">
            <Text size="sm" c="dimmed">
              {t('evaluate.imagePlace', { place: place + 1, count })}
            </Text>
            <Text fw={600} className={styles.path}>
              {item.image.path}
            </Text>
          </div>
          <Facts item={item} classes={classes} model={model} />
          {shown.state === 'ready' && shown.outline && (
            <Switch
              label={t('evaluate.trueOutline')}
              data-shortcut="outline"
              checked={outlined}
              onChange={({ currentTarget }) => setOutlined(currentTarget.checked)}
            />
          )}
          <ProbabilityBars
            items={classes.map((cardClass, index) => ({
              ...cardClass,
              probability: item.probabilities[index] ?? 0,
            }))}
          />
          <Text size="xs" c="dimmed" className={styles.keys}>
            {t('evaluate.viewerKeys')}
          </Text>
        </aside>
      </div>
    </Dialog>
  );
}

function Picture({
  shown,
  path,
  outlined,
  fullScreen,
}: {
  shown: Shown;
  path: string;
  outlined: boolean;
  fullScreen: () => void;
}) {
  const { t } = useTranslation();
  if (shown.state === 'pending') return <Loader color="teal" m="auto" aria-label={t('evaluate.reading')} />;
  if (shown.state === 'gone') return <Text className={styles.message}>{t('evaluate.imageGone')}</Text>;
  if (shown.state === 'failed') {
    return (
      <div className={styles.message}>
        <FailureNotice failure={shown.failure} heading={path} />
      </div>
    );
  }
  return (
    <PhotoViewer
      key={shown.url}
      url={shown.url}
      name={path}
      tooled={false}
      fullScreen={fullScreen}
      layers={() => outlined && shown.outline && <OutlineLayer mask={shown.outline} />}
    />
  );
}

/** What leads and what cannot be ruled out, before the most probable class: the order of the clinic. */
function useSaidOf(model: JudgedModel, classes: readonly ReadClass[]): (item: AnsweredImage) => string {
  const decisionOf = useSaidDecision();
  const listOf = useBriefList();
  // Their names are in the language now shown already.
  const card = {
    classes: classes.map(({ id, kind, name }) => {
      const text = { en: name, ko: name };
      return { id, kind, name: text, description: text };
    }),
  };
  return (item) => {
    const { flag, listed } = saidOf(model, item.probabilities);
    const lead = `${decisionOf({ flag, noResult: item.refused })}. `;
    if (!listed) return lead;
    const { classes, words } = listed;
    return `${lead}${listOf(card, { classes, listed: words, noResult: item.refused })}. `;
  };
}

/** What the table says of the image, and what the model made of it. */
function Facts({ item, classes, model }: Pick<Props, 'item' | 'classes' | 'model'>) {
  const said = useSaidOf(model, classes)(item);
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { fieldName, valueName } = useSubgroupWords();
  const right = item.truth === item.predicted;
  const [truth, predicted] = [classes[item.truth], classes[item.predicted]];
  const [age, sex, site] = [ageOf(item.image), sexOf(item.image), siteOf(item.image)];
  const known = [
    age !== null && `${fieldName('age')}: ${formatNumber(age, language)}`,
    sex !== null && `${fieldName('sex')}: ${valueName('sex', sex)}`,
    site !== null && `${fieldName('site')}: ${valueName('site', site)}`,
    item.image.columns.lesion_id && `lesion_id: ${item.image.columns.lesion_id}`,
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  return (
    <dl className={styles.facts}>
      <dt>{t('evaluate.label')}</dt>
      <dd>
        {truth?.name}
        {item.image.label !== truth?.name.toLowerCase() && (
          <span className={styles.said}> {t('evaluate.asLabelled', { label: item.image.label })}</span>
        )}
      </dd>
      <dt>{t('evaluate.answer')}</dt>
      <dd>
        {said}
        {predicted?.name}, {formatProbability(item.probabilities[item.predicted] ?? 0, language)}
        <span className={styles.verdict}>
          {right ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
          {t(right ? 'evaluate.right' : 'evaluate.wrong')}
        </span>
      </dd>
      {item.note !== undefined && (
        <>
          <dt>{t('evaluate.gallery.note')}</dt>
          <dd>{item.note}</dd>
        </>
      )}
      {known.length > 0 && (
        <>
          <dt>{t('evaluate.fromTheTable')}</dt>
          <dd className={styles.known}>{known.join(' · ')}</dd>
        </>
      )}
    </dl>
  );
}
