import type { Analysis, ModelMetadata } from '../core/analysis';
import type { Card } from '../core/card/card';
import { calibratedBy, coarseAnswers, type Verdict, verdictOf } from '../core/decision/verdict';
import { probabilityInPercent } from '../core/percent';
import type { OtherLesion, UnaskedLesions } from '../core/report/other-lesions';
import { otherLesionsText, unaskedCount, unaskedLesionsText } from './other-lesions';
import { verdictLead, verdictSentences, verdictText } from './verdict-text';
import { fill, type Language, type ReportWords } from './words';

export interface AnswerSource {
  analysis: Analysis;
  card: Card;
  /** What was said of the other lesions in the photo, the one to worry most about first. */
  otherLesions?: readonly OtherLesion[] | undefined;
  /** Lesions that were found in the photo and have no answer. */
  unaskedLesions?: readonly UnaskedLesions[] | undefined;
  /** What a package is called; its id where it is left out. */
  titleOf?: (packageId: string) => string;
}

/** An answer in sentences, the same for reports and health records: neither may say less than the other. */
export interface AnswerText {
  verdict: Verdict;
  /** Flagged or not, or that there is no result, and a flag of another lesion: it leads. */
  lead: string;
  /** The decision with its numbers and what can't be ruled out, for a list of many. */
  line: string;
  /** The rest in sentences, what matters most first. */
  sentences: string[];
  /** What the model knew of the patient; null where the model takes no such facts. */
  facts: string | null;
}

export function answerText(source: AnswerSource, words: ReportWords, language: Language): AnswerText {
  const { card, analysis, titleOf, otherLesions = [], unaskedLesions = [] } = source;
  const verdict = verdictOf(card, analysis);
  const writing = { words: words.verdict, language, minDigits: 1, ...(titleOf && { titleOf }) };
  const text = verdictText(card, verdict, writing);
  const others = otherLesionsText(otherLesions, card, words, language);
  const own = verdictSentences(text);
  const flaggedElsewhere = others.lead === null ? [] : [others.lead];
  const unasked = unaskedLesionsText(unaskedLesions, words.unaskedLesions);
  const unaskedShort = unasked === null ? null : `${unaskedCount(unaskedLesions, words.unaskedLesions)}.`;
  return {
    verdict,
    lead: [verdictLead(text), ...flaggedElsewhere].join(' '),
    line: [
      `${text.cell}.`,
      ...flaggedElsewhere,
      text.list?.classes,
      unaskedShort,
      text.site,
      analysis.gate?.overruled ? words.gate.overruled : null,
    ]
      .flatMap((part) => part ?? [])
      .join(' '),
    sentences: [
      // Another lesion that is flagged matters more than the numbers of this one.
      ...(others.lead === null ? [...own, ...others.sentences] : [...others.sentences, ...own]),
      ...(unasked === null ? [] : [unasked]),
      ...warnings(source, words, language),
    ],
    facts:
      analysis.modelMetadata &&
      fill(words.answer.facts, {
        facts: metadataTexts(analysis.modelMetadata, card, words, language).join(', '),
      }),
  };
}

/** A probability with one digit after the point. No model is certain: never a bare 100 % or 0 %. */
export const writtenProbability = (probability: number, language: Language) =>
  probabilityInPercent(probability, language, { digits: 1 });

/** What is to be said beside the verdict. */
function warnings({ analysis, card }: AnswerSource, words: ReportWords, language: Language): string[] {
  const sentences: string[] = [];
  const { outOfDistribution } = analysis;
  if (outOfDistribution?.inDistribution === false && !outOfDistribution.refused)
    sentences.push(words.answer.unusual);
  sentences.push(...gateWarnings(analysis, words));
  if (card.merge) {
    const answers = coarseAnswers(card, calibratedBy(card, analysis.probabilities))
      .sort((a, b) => b.probability - a.probability)
      .map(({ name, probability }) => `${name[language]} ${writtenProbability(probability, language)}`);
    sentences.push(fill(words.answer.coarse, { answers: answers.join(', ') }));
  }
  for (const { stage } of analysis.degradations) sentences.push(words.answer.degradation[stage]);
  return sentences;
}

/** That the check of the photo was overruled and why it had refused the photo, and what else it noticed. */
function gateWarnings({ gate }: Analysis, { gate: says }: ReportWords): string[] {
  const said = (severity: 'refuse' | 'warn') =>
    (gate?.checks ?? []).flatMap((found) =>
      // The network's own doubt is said elsewhere.
      found.check === 'distribution' || found.severity !== severity ? [] : [says[severity][found.check]],
    );
  const refused = [...(gate?.overruled ? [says.overruled] : []), ...said('refuse')];
  return [refused.join(' '), said('warn').join(' ')].filter((sentence) => sentence !== '');
}

function metadataTexts(
  { used }: ModelMetadata,
  card: Card,
  words: ReportWords,
  language: Language,
): string[] {
  return (card.metadata?.fields ?? []).map((field) => {
    const value = used[field.id];
    const choice = field.kind === 'choice' ? field.choices.find(({ id }) => id === value) : undefined;
    return `${field.name[language]} ${choice?.name[language] ?? value ?? words.unknown}`;
  });
}
