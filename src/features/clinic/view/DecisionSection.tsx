import { Select, Text, Title } from '@mantine/core';
import { IconChartBar, IconFlag, IconFlagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { rulesOf } from '../../../core/decision/site-calibration';
import { thresholdFor } from '../../../core/decision/threshold';
import { useLanguage } from '../../../ui/context';
import { formatShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import type { SaidVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';
import { useClinicServices, useWorkbench } from './context';

interface Props {
  said: SaidVerdict;
  card: Card;
}

/** Shares of the lesions to be flagged that may be asked to be. */
const offered = [0.8, 0.85, 0.9, 0.95, 0.98];

/**
 * What leads the answer: flagged or not, and what that was worth in the test. Without a threshold, the most
 * probable class.
 */
export function DecisionSection({ said: { verdict, text }, card }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { flag } = verdict;
  const Icon = !flag ? IconChartBar : flag.flagged ? IconFlag : IconFlagOff;
  return (
    <section aria-label={t('answer.decisionHeading')}>
      <div className={styles.decision} data-flagged={flag?.flagged || undefined}>
        <Icon size={28} stroke={1.75} aria-hidden />
        <div>
          <Title order={2} className={styles.headline}>
            {text.flaggedAllTheSame ?? text.headline}
          </Title>
          {text.sum && <Text fw={500}>{text.sum}</Text>}
          {text.caution && <Text size="sm">{text.caution}</Text>}
        </div>
      </div>
      {flag && (
        <>
          {flag.measured && (
            <dl className={styles.pair}>
              {(['sensitivity', 'specificity'] as const).map((name) => (
                <div key={name}>
                  <dt>
                    {t(`answer.${name}`)}
                    <HelpTip subject={t(`answer.${name}`)}>
                      {t(`answer.${name}Meaning`)} {text.target}
                    </HelpTip>
                  </dt>
                  <dd>{formatShare(flag.measured?.[name] ?? 0, language)}</dd>
                </div>
              ))}
            </dl>
          )}
          <WantedSensitivity card={card} said={{ verdict, text }} />
        </>
      )}
    </section>
  );
}

/** Which sensitivity is asked of the threshold. */
function WantedSensitivity({ card, said: { verdict } }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { workbench } = useClinicServices();
  const wanted = useWorkbench((state) => state.sensitivity);
  const rules = rulesOf(card, verdict.site);
  const own = rules.decision?.targetSensitivity ?? null;
  return (
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
          label:
            own === null
              ? t('viewer.sensitivity.ownUnknown')
              : t('viewer.sensitivity.own', { share: formatShare(own, language) }),
        },
        ...offered
          .filter((share) => thresholdFor(rules, share))
          .map((share) => ({
            value: String(share),
            label: t('viewer.sensitivity.atLeast', { share: formatShare(share, language) }),
          })),
      ]}
    />
  );
}
