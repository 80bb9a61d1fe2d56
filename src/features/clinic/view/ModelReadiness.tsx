import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { downloadBytes, networksOf } from '../../../core/card/recommended';
import { segmenterFor } from '../../../core/card/segmenter';
import type { LoadedPackage } from '../../../engine/engine';
import type { PackageState } from '../../../runtime/runtime';
import { useLanguage, useModelCache, useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatBytes, formatDifference, formatDuration } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { StageProgress } from '../../../ui/StageProgress';
import { usePrefetch } from './use-prefetch';

interface Props {
  card: Card;
  /** True while a run shows the same progress elsewhere. */
  busyElsewhere: boolean;
}

const absent: PackageState = { state: 'absent' };

/** Whether the model can answer, or what it takes: itself, and the model that outlines lesions for it. */
export function ModelReadiness({ card, busyElsewhere }: Props) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const states = useRuntime(({ packages }) => packages);
  const all = useRuntime(({ cards }) => cards);
  const outliner = all.state === 'ready' ? segmenterFor(all.value, card.domain) : null;
  const needed = outliner ? [card, outliner] : [card];
  const stateOf = ({ id }: Card) => states[id] ?? absent;
  const at = (state: PackageState['state']) =>
    needed.find((neededCard) => stateOf(neededCard).state === state);
  const shown = at('loading') ?? at('failed') ?? card;
  const state = stateOf(shown);
  const load = async () => {
    for (const { id } of needed) {
      const result = await runtime.load(id);
      if (!result.ok) return;
    }
  };
  switch (state.state) {
    case 'loaded':
      return <Loaded loaded={state.loaded} />;
    case 'loading':
      return busyElsewhere ? null : (
        <StageProgress progress={state.progress} onCancel={() => runtime.cancelLoad(shown.id)} />
      );
    case 'failed':
      return busyElsewhere ? null : (
        <FailureNotice
          failure={state.failure}
          heading={t('answer.failedHeading')}
          action={{ label: t('model.retry'), run: () => void load() }}
        />
      );
    case 'absent':
      return (
        <>
          {/* A line of its own: beside the buttons a narrow pane would break it into six. */}
          <Text size="sm" c="dimmed" style={{ flexBasis: '100%' }}>
            <ToDownload card={card} outliner={outliner} cards={all.state === 'ready' ? all.value : needed} />
          </Text>
          <Button size="xs" variant="default" onClick={() => void load()}>
            {t('model.load')}
          </Button>
        </>
      );
  }
}

interface Download {
  card: Card;
  outliner: Card | null;
  cards: readonly Card[];
}

/**
 * What the first answer will download, in sum and by its parts; what this browser keeps already is not among
 * it.
 */
function ToDownload({ card, outliner, cards }: Download) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { modelCache } = useServices();
  const cacheStates = useModelCache(({ packages }) => packages);
  useEffect(() => void modelCache.refresh(), [modelCache]);
  usePrefetch([card, ...(outliner ? [outliner] : [])].map(({ id }) => id));
  const missing = (wanted: Card | null) => {
    const networks = wanted === null ? [] : networksOf(wanted, cards);
    return downloadBytes(
      networks.filter(({ id }) => cacheStates[id]?.state !== 'cached'),
      cards,
    );
  };
  const size = (bytes: number) => formatBytes(bytes, language);
  const [own, outline] = [missing(card), missing(outliner)];
  if ([card, outliner].some((wanted) => wanted && cacheStates[wanted.id]?.state === 'downloading')) {
    return t('viewer.model.ahead', { size: size(own + outline) });
  }
  if (own && outline) {
    return t('viewer.model.absent', { size: size(own + outline), model: size(own), outline: size(outline) });
  }
  if (own) return t('model.absent', { size: size(own) });
  return outline ? t('viewer.model.outline', { size: size(outline) }) : t('viewer.model.cached');
}

function Loaded({ loaded: { golden, fromCache, cached, milliseconds } }: { loaded: LoadedPackage }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <>
      <Group gap={6} wrap="nowrap" role="status">
        <IconCircleCheck size={18} color="var(--lentigo-accent)" aria-hidden />
        <Text size="sm">{t('model.loaded')}</Text>
        <HelpTip subject={t('model.loaded')}>
          {t('model.selfTestMeaning')}{' '}
          {t('model.loadedDetail', {
            difference: formatDifference(golden.difference, language),
            tolerance: formatDifference(golden.tolerance, language),
            origin: t(fromCache ? 'model.fromCache' : 'model.fromNetwork'),
            duration: formatDuration(milliseconds, language),
          })}
        </HelpTip>
      </Group>
      {!cached && <Text size="sm">{t('model.notCached')}</Text>}
    </>
  );
}
