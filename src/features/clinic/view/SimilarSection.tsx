import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useServices } from '../../../ui/context';
import { later } from '../../../ui/later';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { useClinicServices } from './context';
import { FoldingSection } from './FoldingSection';
import { useFold } from './use-folds';

/** Fetched when the section is opened: the clinic opens without it. */
const SimilarCases = later(async () => (await import('./similar/SimilarCases')).SimilarCases);

interface Props {
  photo: WorkbenchPhoto;
  card: Card;
  analysis: Analysis;
}

/** Cases with a known diagnosis that the model sees as most like the photo. */
export function SimilarSection({ photo, card, analysis }: Props) {
  const services = useServices();
  const clinic = useClinicServices();
  const { t } = useTranslation();
  const { open } = useFold('similar');
  return (
    <FoldingSection id="similar" heading={t('similar.heading')} meaning={t('similar.meaning')}>
      {/* Folded, it looks nothing up. */}
      {open && (
        <SimilarCases
          services={services}
          clinic={clinic}
          image={clinic.workbench.imageOf(photo.id)}
          card={card}
          analysis={analysis}
        />
      )}
    </FoldingSection>
  );
}
