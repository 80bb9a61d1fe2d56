import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { AboutSection } from './AboutSection';
import { ComparisonSection } from './ComparisonSection';
import { LesionSection } from './LesionSection';
import { SimilarSection } from './SimilarSection';
import { ThresholdSection } from './ThresholdSection';

interface Props {
  photo: WorkbenchPhoto;
  cards: readonly Card[];
  card: Card;
  /** As it is decided. */
  analysis: Analysis;
  /** The outline left the answer as it was. */
  outlineKept: boolean;
}

/** What goes with an answer, in sections that fold. */
export function AnswerDetails({ photo, cards, card, analysis, outlineKept }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <ThresholdSection analysis={analysis} card={card} />
      <LesionSection analysis={analysis}>
        {outlineKept && (
          <Text size="sm" c="dimmed">
            {t('answer.provisional.same')}
          </Text>
        )}
      </LesionSection>
      <ComparisonSection photo={photo} cards={cards} card={card} analysis={analysis} />
      <SimilarSection photo={photo} card={card} analysis={analysis} />
      <AboutSection analysis={analysis} card={card} />
    </>
  );
}
