import { Text } from '@mantine/core';
import { IconFlag, IconFlagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage, useServices } from '../../../ui/context';
import { formatProbability } from '../../../ui/format';
import findings from './findings.module.css';
import { Section } from './Section';

interface Props {
  analysis: Analysis;
  card: Card;
  /** How far they are apart, in sentences. */
  spread: readonly string[];
}

/**
 * How far the networks of a panel are apart, and which of them would flag the photo. Nothing for other
 * packages.
 */
export function PanelSection({ analysis: { panel }, card, spread }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  if (!panel) return null;
  const titleOf = (id: string) => {
    const found = runtime.card(id);
    return found ? read(found.title) : id;
  };
  return (
    <Section order={4} heading={t('viewer.panel.heading')} meaning={t('viewer.panel.meaning')}>
      {spread.map((sentence) => (
        <Text size="sm" key={sentence}>
          {sentence}
        </Text>
      ))}
      <table className={findings.figures} aria-label={t('viewer.panel.heading')}>
        <thead>
          <tr>
            <th scope="col">{t('viewer.panel.network')}</th>
            {card.decision && <th scope="col">{t('viewer.compare.sum')}</th>}
            {card.decision && <th scope="col">{t('viewer.panel.alone')}</th>}
          </tr>
        </thead>
        <tbody>
          {panel.map(({ packageId, probability, flagged }) => (
            <tr key={packageId}>
              <th scope="row">{titleOf(packageId)}</th>
              {probability !== null && <td>{formatProbability(probability, language)}</td>}
              {probability !== null && <td>{flagged === null ? '–' : <Alone flagged={flagged} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Alone({ flagged }: { flagged: boolean }) {
  const { t } = useTranslation();
  const Icon = flagged ? IconFlag : IconFlagOff;
  return (
    <>
      <Icon size={15} aria-hidden /> {t(`verdict.headline.${flagged ? 'flagged' : 'not-flagged'}`)}
    </>
  );
}
