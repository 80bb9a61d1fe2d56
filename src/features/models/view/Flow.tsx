import { Text, Title } from '@mantine/core';
import {
  IconArrowRight,
  IconChartBar,
  IconClipboardList,
  IconEye,
  IconFlame,
  IconPhoto,
  IconQuestionMark,
  IconShape,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';
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

/** The inputs, the network and the outputs, drawn from the card. */
export function Flow({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { input, metadata, architecture } = card;
  const size = { width: input.width, height: input.height, channels: input.channels };
  return (
    <section className={styles.section}>
      <Title order={3} size="h4">
        {t('models.flow.heading')}
      </Title>
      <div className={styles.flow}>
        <ul aria-label={t('models.flow.in')}>
          <Part Icon={IconPhoto} title={t('models.flow.image', size)}>
            {t(`models.flow.${input.fit}`)}
          </Part>
          {card.task === 'fusion' && (
            <Part Icon={IconShape} title={t('models.flow.mask', size)}>
              {t('models.flow.maskHelp')}
            </Part>
          )}
          {metadata && (
            <Part Icon={IconClipboardList} title={t('models.flow.metadata', { width: metadata.width })}>
              {metadata.fields.map(({ name }) => read(name)).join(', ')}; {t('models.flow.unknownAllowed')}
            </Part>
          )}
        </ul>
        <IconArrowRight className={styles.arrow} aria-hidden />
        <div className={styles.network}>
          <Text size="xs" c="dimmed">
            {t('models.flow.network')}
          </Text>
          <Text fw={600}>{architecture.name}</Text>
          <Text size="sm">
            {t('models.flow.parameters', { amount: formatNumber(architecture.parameters, language) })}
          </Text>
        </div>
        <IconArrowRight className={styles.arrow} aria-hidden />
        <ul aria-label={t('models.flow.out')}>
          {outputs.map(([name, Icon]) =>
            card.outputs[name] === undefined ? null : name === 'logits' ? (
              <Part key={name} Icon={Icon} title={t('models.flow.logits', { count: card.classes.length })}>
                <Classes card={card} />
              </Part>
            ) : (
              <Part key={name} Icon={Icon} title={t(`models.flow.${name}`)} />
            ),
          )}
        </ul>
      </div>
    </section>
  );
}

function Classes({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const names = card.classes.map(({ name, malignant }) =>
    malignant ? `${read(name)} (${t('models.flow.malignant')})` : read(name),
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
