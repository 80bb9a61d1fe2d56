import { Select, Text, Title } from '@mantine/core';
import { IconFlag, IconFlagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { Decision } from '../../../core/decision/probability';
import { thresholdFor } from '../../../core/decision/threshold';
import { useLanguage } from '../../../ui/context';
import { useDecisionRule } from '../../../ui/decision-rule';
import { formatProbability, formatShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import styles from './answer.module.css';
import { useClinicServices, useWorkbench } from './context';

interface Props {
  /** As it falls at the sensitivity wanted. */
  decision: Decision;
  rule: NonNullable<Card['decision']>;
  card: Card;
}

/** Shares of the malignant photos that may be asked to be found. */
const offered = [0.8, 0.85, 0.9, 0.95, 0.98];

/** On which side of the operating threshold the photo falls, and what that threshold was worth in the test. */
export function DecisionSection({ decision, rule, card }: Props) {
  const { t } = useTranslation();
  const ruleText = useDecisionRule();
  const { language, read } = useLanguage();
  const names = card.classes.filter(({ id }) => decision.positive.includes(id)).map(({ name }) => read(name));
  const { workbench } = useClinicServices();
  const wanted = useWorkbench((state) => state.sensitivity);
  const point = thresholdFor(card, wanted) ?? rule;
  const Icon = decision.above ? IconFlag : IconFlagOff;
  return (
    <section>
      <div className={styles.heading}>
        <Title order={3} size="sm">
          {t('answer.decisionHeading')}
        </Title>
        <HelpTip subject={t('answer.decisionHeading')}>
          {t('answer.decisionMeaning', { rule: ruleText(rule.rule) })}
        </HelpTip>
      </div>
      <div className={styles.decision} data-above={decision.above || undefined}>
        <Icon size={22} stroke={1.75} aria-hidden />
        <div>
          <Text fw={600}>{t(decision.above ? 'answer.above' : 'answer.below')}</Text>
          <Text size="sm">
            {t('answer.sum', {
              classes: names.join(' + '),
              probability: formatProbability(decision.probability, language),
            })}
          </Text>
          <Text size="sm">
            {t('answer.sumThreshold', { threshold: formatShare(decision.threshold, language) })}
          </Text>
        </div>
      </div>
      <dl className={styles.pair}>
        {(['sensitivity', 'specificity'] as const).map((name) => (
          <div key={name}>
            <dt>
              {t(`answer.${name}`)}
              <HelpTip subject={t(`answer.${name}`)}>{t(`answer.${name}Meaning`)}</HelpTip>
            </dt>
            <dd>{formatShare(point[name], language)}</dd>
          </div>
        ))}
      </dl>
      <Select
        size="xs"
        mt="xs"
        label={t('viewer.sensitivity.wanted')}
        description={wanted === null ? undefined : t('viewer.sensitivity.chosen')}
        allowDeselect={false}
        value={wanted === null ? 'own' : String(wanted)}
        onChange={(value) => workbench.setSensitivity(value === 'own' ? null : Number(value))}
        data={[
          {
            value: 'own',
            label: t('viewer.sensitivity.own', { threshold: formatShare(rule.threshold, language) }),
          },
          ...offered
            .filter((share) => thresholdFor(card, share))
            .map((share) => ({
              value: String(share),
              label: t('viewer.sensitivity.atLeast', { share: formatShare(share, language) }),
            })),
        ]}
      />
    </section>
  );
}
