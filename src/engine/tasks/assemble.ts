import type { Analysis, Degradation, LesionSearch, Provenance } from '../../core/analysis';
import type { Card } from '../../core/card/card';
import { calibrated, judge } from '../../core/decision/judge';
import type { PanelMember } from '../../core/decision/panel';
import { rulesOf, type SiteCalibration } from '../../core/decision/site-calibration';
import { ttaSpread } from '../../core/decision/test-time-augmentation';
import type { Size } from '../../core/geometry';
import { addOodCheck, type OutOfDistribution, overrule, type QualityVerdict } from '../../core/quality/gate';
import type { NetworkAnswer } from './classify';

interface Circumstances {
  provenance: Provenance;
  photo: Size;
  /** What each member of a panel said; null for other packages. */
  panel: PanelMember[] | null;
  site: SiteCalibration | null;
  /** What the input gate found. */
  gate: QualityVerdict;
  overruleGate: boolean;
  lesion: LesionSearch | null;
  degradations: Degradation[];
  /** Milliseconds: of decoding, and since then. */
  decoded: number;
  elapsed: number;
}

/** The answer of a network or of a panel, judged by its card. */
export function assembleAnalysis(card: Card, answer: NetworkAnswer, about: Circumstances): Analysis {
  const { provenance, photo, panel, site, gate, overruleGate, lesion, degradations, decoded, elapsed } =
    about;
  const {
    square,
    logits,
    views,
    oodScore,
    embedding,
    activation,
    attention,
    whatIf,
    modelMetadata,
    timings,
  } = answer;
  const outOfDistribution = card.ood && oodScore !== null ? judgeOod(card.ood, oodScore) : null;
  const checked = outOfDistribution
    ? addOodCheck(gate, outOfDistribution, card.ood?.refusal?.threshold)
    : gate;
  const rules = rulesOf(card, site);
  return {
    schema: 1,
    createdAt: new Date().toISOString(),
    provenance,
    photo: { width: photo.width, height: photo.height },
    square,
    ...judge(card, logits, site),
    panel,
    siteCalibration: site,
    outOfDistribution,
    embedding,
    activation,
    // The network's own "this is none of mine" is a check like the others, made last.
    gate: overruleGate ? overrule(checked) : checked,
    modelMetadata,
    lesion,
    attention,
    whatIf,
    testTimeAugmentation:
      views &&
      ttaSpread(
        card.classes.map(({ id }) => id),
        views.map((row) => calibrated(rules, row)),
        card.merge ?? [],
      ),
    degradations,
    timings: { decode: decoded, ...timings, total: decoded + (lesion?.milliseconds ?? 0) + elapsed },
  };
}

function judgeOod({ threshold, refusal }: NonNullable<Card['ood']>, score: number): OutOfDistribution {
  return {
    score,
    threshold,
    inDistribution: score <= threshold,
    refused: refusal !== undefined && score > refusal.threshold,
  };
}
