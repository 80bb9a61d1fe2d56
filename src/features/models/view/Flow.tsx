import { Text, Title } from '@mantine/core';
import {
  IconArrowRight,
  IconArrowsSplit2,
  IconChartBar,
  IconClipboardList,
  IconEye,
  IconFlame,
  IconPhoto,
  IconQuestionMark,
  IconShape,
  IconTopologyStar3,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card, NetworkCard, PanelCard } from '../../../core/card/card';
import { useLanguage, useServices } from '../../../ui/context';
import { formatNumber, formatShare } from '../../../ui/format';
import styles from './models.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;
type Output = 'logits' | 'lesion' | 'cam' | 'ood' | 'attention_meta' | 'attention_mask';

/** Outputs that mean something to a reader, in order; `tokens` and `mask_vector` are the engine's own. */
const outputs: [Output, Icon][] = [
  ['logits', IconChartBar],
  ['lesion', IconShape],
  ['cam', IconFlame],
  ['ood', IconQuestionMark],
  ['attention_meta', IconEye],
  ['attention_mask', IconEye],
];

/**
 * The inputs, the network and the outputs, drawn from the card; of a panel its members and what they become
 * together.
 */
export function Flow({ card }: { card: Card }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <Title order={3} size="h4">
        {t('models.flow.heading')}
      </Title>
      <div className={styles.flow}>
        {card.task === 'panel' ? <PanelFlow card={card} /> : <NetworkFlow card={card} />}
      </div>
    </section>
  );
}

function NetworkFlow({ card }: { card: NetworkCard }) {
  const { t } = useTranslation();
  const { input, task, outputs: named } = card;
  const size = { width: input.width, height: input.height, channels: input.channels };
  return (
    <>
      <ul aria-label={t('models.flow.in')}>
        <Part Icon={IconPhoto} title={t('models.flow.image', size)}>
          {t(`models.flow.${input.fit}`)}
        </Part>
        {task === 'fusion' && (
          <Part Icon={IconShape} title={t('models.flow.mask', size)}>
            {t('models.flow.maskHelp')}
          </Part>
        )}
        <Metadata card={card} />
      </ul>
      <IconArrowRight className={styles.arrow} aria-hidden />
      <Architecture card={card} />
      <IconArrowRight className={styles.arrow} aria-hidden />
      <ul aria-label={t('models.flow.out')}>
        {outputs.map(([name, Icon]) =>
          named[name] === undefined ? null : name === 'logits' ? (
            <Probabilities key={name} card={card} />
          ) : (
            <Part key={name} Icon={Icon} title={t(`models.flow.${name}`)} />
          ),
        )}
      </ul>
    </>
  );
}

function PanelFlow({ card }: { card: PanelCard }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  const { members } = card.panel;
  const all = members.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <>
      <ul aria-label={t('models.flow.in')}>
        <Part Icon={IconPhoto} title={t('models.flow.photo')}>
          {t('models.flow.photoHelp')}
        </Part>
        <Metadata card={card} />
      </ul>
      <IconArrowRight className={styles.arrow} aria-hidden />
      <div>
        <ul aria-label={t('models.flow.members')}>
          {members.map(({ id, version, weight }) => {
            const member = runtime.card(id);
            const share = formatShare(weight / all, language);
            return (
              <Part
                key={id}
                Icon={IconTopologyStar3}
                title={member ? read(member.title) : t('models.flow.memberMissing', { id })}
              >
                {t('models.flow.member', { version, share })}
              </Part>
            );
          })}
        </ul>
        <Architecture card={card} />
      </div>
      <IconArrowRight className={styles.arrow} aria-hidden />
      <ul aria-label={t('models.flow.out')}>
        <Probabilities card={card} />
        <Part Icon={IconArrowsSplit2} title={t('models.flow.disagreement')}>
          {t('models.flow.disagreementHelp')}
        </Part>
      </ul>
    </>
  );
}

function Metadata({ card: { metadata } }: { card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  if (!metadata) return null;
  return (
    <Part Icon={IconClipboardList} title={t('models.flow.metadata', { width: metadata.width })}>
      {metadata.fields.map(({ name }) => read(name)).join(', ')}; {t('models.flow.unknownAllowed')}
    </Part>
  );
}

function Architecture({ card: { architecture } }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <div className={styles.network}>
      <Text size="xs" c="dimmed">
        {t('models.flow.network')}
      </Text>
      <Text fw={600}>{architecture.name}</Text>
      <Text size="sm">
        {t('models.flow.parameters', { amount: formatNumber(architecture.parameters, language) })}
      </Text>
    </div>
  );
}

function Probabilities({ card }: { card: Card }) {
  const { t } = useTranslation();
  return (
    <Part Icon={IconChartBar} title={t('models.flow.logits', { count: card.classes.length })}>
      <Classes card={card} />
    </Part>
  );
}

function Classes({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const names = card.classes.map(({ name, kind }) =>
    kind === 'benign' ? read(name) : `${read(name)} (${t(`verdict.kind.${kind}`)})`,
  );
  const extra = [
    card.merge && t('models.flow.coarse', { count: card.merge.length }),
    card.calibration &&
      t('models.flow.logitsHelp', { temperature: formatNumber(card.calibration.temperature, language, 2) }),
  ].filter(Boolean);
  return (
    <>
      {names.join(', ')}
      <br />
      {extra.join('; ')}
    </>
  );
}

function Part({ Icon, title, children }: { Icon: Icon; title: string; children?: ReactNode }) {
  return (
    <li className={styles.part}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <div>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {children && (
          <Text size="xs" c="dimmed">
            {children}
          </Text>
        )}
      </div>
    </li>
  );
}
