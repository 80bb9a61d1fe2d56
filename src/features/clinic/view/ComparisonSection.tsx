import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { verdictOf } from '../../../core/decision/verdict';
import { countUnasked } from '../../../core/report/other-lesions';
import { answerOf } from '../../../runtime/run';
import { useVerdict } from '../../../ui/use-verdict';
import { unaskedLesions } from '../model/lesion-verdicts';
import { comparedCards, disagreement, othersOf } from '../model/model-comparison';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { type ComparedModel, CompareSection } from './CompareSection';
import { useWorkbench } from './context';
import { FoldingSection } from './FoldingSection';
import { PanelSection } from './PanelSection';
import { TtaSection } from './TtaSection';
import { WarningList } from './WarningList';

interface Props {
  photo: WorkbenchPhoto;
  cards: readonly Card[];
  card: Card;
  analysis: Analysis;
}

/**
 * How far the answer holds: the networks of a panel, the photo turned and mirrored, other models. Where they
 * part is said also while it is folded.
 */
export function ComparisonSection({ photo, cards, card, analysis }: Props) {
  const { t } = useTranslation();
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const compareWithIds = useWorkbench((state) => state.compareWithIds);
  const { verdict, text } = useVerdict()(card, analysis);
  const others = othersOf(cards, card);
  const models = comparedCards(photo, cards, card, compareWithIds).map((model): ComparedModel => {
    const answer = answerOf(photo.runs[model.id]);
    return {
      card: model,
      run: photo.runs[model.id],
      decided: answer && decidedFor(model, answer, sensitivity),
      unasked: countUnasked(unaskedLesions(photo, model)),
    };
  });
  const differences = useDifferences(models);
  const answered = models.filter(({ decided }) => decided).length;
  const tta = analysis.testTimeAugmentation;
  const [range, members] = text.spread;
  const networks =
    verdict.spread && verdict.spread.deciding > 0
      ? t('pane.networks', {
          flagging: verdict.spread.flagging.length,
          deciding: verdict.spread.deciding,
        })
      : null;
  const membersPart =
    verdict.spread && verdict.spread.flagging.length % verdict.spread.deciding !== 0 && members;
  const warnings = [membersPart, ...differences].filter((warning) => typeof warning === 'string');
  const essence = [
    answered > 1 && t(differences.length > 0 ? 'pane.part' : 'pane.agree', { count: answered }),
    tta && t('viewer.tta.views', { agreeing: Math.round(tta.agreement * tta.views), views: tta.views }),
    answered < 2 && !tta && (networks ?? t('pane.notCompared')),
  ];
  return (
    <FoldingSection
      id="comparison"
      heading={t('pane.comparison')}
      essence={essence.filter(Boolean).join(' · ')}
      warnings={warnings.length > 0 && <WarningList warnings={warnings} />}
    >
      <PanelSection
        analysis={analysis}
        card={card}
        spread={membersPart && range !== undefined ? [range] : text.spread}
      />
      <TtaSection photoId={photo.id} analysis={analysis} packageId={card.id} />
      {others.length > 0 && (
        <CompareSection models={models} others={others} agree={answered > 1 && differences.length === 0} />
      )}
    </FoldingSection>
  );
}

/** In what the models that have answered differ, a sentence each. */
function useDifferences(models: readonly ComparedModel[]): string[] {
  const { t } = useTranslation();
  const { confidence, flag, malignancy, spread } = disagreement(
    models.flatMap(({ card, decided }) => (decided ? [verdictOf(card, decided)] : [])),
  );
  return [
    flag && t('viewer.compare.flag'),
    malignancy && t('viewer.compare.malignancy'),
    confidence && t('viewer.compare.confidence'),
    spread !== null && spread >= 0.2 && t('viewer.compare.spread', { points: Math.round(100 * spread) }),
  ].filter((difference) => typeof difference === 'string');
}
