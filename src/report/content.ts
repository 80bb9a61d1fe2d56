import type { Analysis, ModelMetadata } from '../core/analysis';
import type { Card, Text } from '../core/card/card';
import type { ClassProbability } from '../core/decision/probability';
import { calibratedBy, coarseAnswers } from '../core/decision/verdict';
import { withPercentSign } from '../core/percent';
import { fill, type Language, type ReportWords } from './words';

/** What a report says, before it becomes text or pages. */

export interface ReportCase {
  alias: string | null;
  lesion: string | null;
  /** Years. */
  age: number | null;
  sex: 'female' | 'male' | 'other' | null;
  /** A site group; another word is shown as it is. */
  site: string | null;
  impression: { label: string; beforeAnswer: boolean } | null;
  histology: string | null;
  notes: string;
}

export interface ReportSource {
  analysis: Analysis;
  card: Card;
  photoName: string | null;
  /** Millimetres a pixel of the photo, where a scale was set. */
  scale: number | null;
  /** Null leaves the case out. */
  case: ReportCase | null;
  /** ISO 8601 of the report's own reader: the time zone is the caller's to choose. */
  date: string;
}

export interface ReportRow {
  label: string;
  value: string;
}

export interface ReportBar {
  label: string;
  /** 0 to 1. */
  probability: number;
  calibrated: string;
  raw: string;
  logit: string;
  malignant: boolean;
}

export interface ReportContent {
  title: string;
  created: string;
  caseRows: ReportRow[];
  /** The answer in sentences, what matters most first. */
  answer: string[];
  /** Most probable first. */
  bars: ReportBar[];
  model: ReportRow[];
  provenance: ReportRow[];
}

export function reportContent(source: ReportSource, words: ReportWords, language: Language): ReportContent {
  return {
    title: words.title,
    created: fill(words.created, { date: source.date }),
    caseRows: source.case ? caseRows(source.case, words) : [],
    answer: answerSentences(source, words, language),
    bars: [...source.analysis.probabilities]
      .sort((a, b) => b.calibrated - a.calibrated)
      .map((probability) => bar(probability, source.card, language)),
    model: modelRows(source.card, words, language),
    provenance: provenanceRows(source, words),
  };
}

/** A probability with one digit after the point. No model is certain: never a bare 100 % or 0 %. */
export function writtenProbability(probability: number, language: Language): string {
  const percent = 100 * probability;
  if (percent >= 99.95) return `>${inPercent(99.9, language)}`;
  if (percent < 0.05) return `<${inPercent(0.1, language)}`;
  return inPercent(percent, language);
}

const writtenShare = (share: number, language: Language) => inPercent(100 * share, language);

const inPercent = (percent: number, language: Language) => withPercentSign(percent.toFixed(1), language);

function caseRows(source: ReportCase, words: ReportWords): ReportRow[] {
  const { impression } = source;
  const seen = impression?.beforeAnswer ? words.case.impressionBefore : words.case.impressionAfter;
  const rows: [string, string | null][] = [
    [words.case.alias, source.alias],
    [words.case.lesion, source.lesion],
    [words.case.age, source.age === null ? words.unknown : String(source.age)],
    [words.case.sex, source.sex === null ? words.unknown : words.sex[source.sex]],
    [words.case.site, source.site === null ? words.unknown : (words.site[source.site] ?? source.site)],
    [words.case.impression, impression && fill(seen, { label: impression.label })],
    [words.case.histology, source.histology],
    [words.case.notes, source.notes || null],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function answerSentences(source: ReportSource, words: ReportWords, language: Language): string[] {
  const { analysis, card } = source;
  const sentences: string[] = [];
  const { outOfDistribution } = analysis;
  if (outOfDistribution?.refused) sentences.push(words.answer.outOfDistribution);
  else if (outOfDistribution?.inDistribution === false) sentences.push(words.answer.unusual);
  if (analysis.conformalSet.length === 0) sentences.push(words.answer.setEmpty);
  else if (card.calibration) {
    const coverage = writtenShare(card.calibration.conformal.coverage, language);
    sentences.push(
      fill(words.answer.set, { coverage, classes: classNames(card, analysis.conformalSet, language) }),
    );
  }
  if (card.merge) {
    const answers = coarseAnswers(card, calibratedBy(card, analysis.probabilities))
      .sort((a, b) => b.probability - a.probability)
      .map(({ name, probability }) => `${name[language]} ${writtenProbability(probability, language)}`);
    sentences.push(fill(words.answer.coarse, { answers: answers.join(', ') }));
  }
  if (analysis.decision) sentences.push(...decisionSentences(analysis.decision, card, words, language));
  if (analysis.modelMetadata) {
    const facts = metadataTexts(analysis.modelMetadata, card, words, language).join(', ');
    sentences.push(fill(words.answer.facts, { facts }));
  }
  for (const { stage } of analysis.degradations) sentences.push(words.answer.degradation[stage]);
  return sentences;
}

function decisionSentences(
  decision: NonNullable<Analysis['decision']>,
  card: Card,
  words: ReportWords,
  language: Language,
): string[] {
  const sum = fill(words.answer.decision, {
    classes: classNames(card, decision.positive, language),
    probability: writtenProbability(decision.probability, language),
    threshold: writtenShare(decision.threshold, language),
  });
  const own = card.decision?.threshold === decision.threshold;
  // A threshold that the user chose is a point of the card's curve.
  const point = own
    ? card.decision
    : card.decision?.curve.find(({ threshold }) => threshold === decision.threshold);
  const verdict = fill(decision.above ? words.answer.above : words.answer.below, {
    sensitivity: point ? writtenShare(point.sensitivity, language) : words.unknown,
    specificity: point ? writtenShare(point.specificity, language) : words.unknown,
  });
  return own ? [sum, verdict] : [sum, verdict, words.answer.otherThreshold];
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

function bar(probability: ClassProbability, card: Card, language: Language): ReportBar {
  return {
    label: className(card, probability.id, language),
    probability: probability.calibrated,
    calibrated: writtenProbability(probability.calibrated, language),
    raw: writtenProbability(probability.raw, language),
    logit: probability.logit.toFixed(3),
    malignant: card.classes.find(({ id }) => id === probability.id)?.malignant ?? false,
  };
}

function modelRows(card: Card, words: ReportWords, language: Language): ReportRow[] {
  const written = (name: Text) => name[language];
  const metrics = Object.entries(card.results.metrics).map(([metric, { value, low, high }]) =>
    fill(words.model.interval, {
      metric,
      value: value.toFixed(3),
      low: low.toFixed(3),
      high: high.toFixed(3),
    }),
  );
  return [
    { label: words.model.name, value: `${written(card.title)} ${card.version}` },
    { label: words.model.architecture, value: card.architecture.name },
    { label: words.model.data, value: `${card.data.name} (${card.data.licence})` },
    { label: fill(words.model.results, { count: card.results.count }), value: metrics.join('; ') },
    { label: words.model.licence, value: card.licence },
    ...card.limits.map((limit) => ({ label: words.model.limits, value: written(limit) })),
  ];
}

function provenanceRows({ analysis, photoName, scale }: ReportSource, words: ReportWords): ReportRow[] {
  const { provenance, photo, square } = analysis;
  const size = fill(words.provenance.photoValue, photo);
  const scaleText = scale === null ? [] : [fill(words.photo.scale, { scale: scale.toPrecision(3) })];
  const photoTexts = [...(photoName ? [photoName] : []), size, ...scaleText];
  return [
    { label: words.provenance.app, value: `Lentigo ${provenance.appVersion}` },
    { label: words.provenance.package, value: `${provenance.packageId} ${provenance.packageVersion}` },
    { label: words.provenance.hash, value: provenance.packageHash },
    { label: words.provenance.backend, value: `${provenance.backend}, ${provenance.adapter}` },
    { label: words.provenance.preprocessing, value: String(provenance.preprocessing) },
    { label: words.provenance.photo, value: photoTexts.join(', ') },
    { label: words.provenance.square, value: fill(words.provenance.squareValue, { ...square }) },
  ];
}

function className(card: Card, id: string, language: Language): string {
  return card.classes.find((cardClass) => cardClass.id === id)?.name[language] ?? id;
}

const classNames = (card: Card, ids: readonly string[], language: Language) =>
  ids.map((id) => className(card, id, language)).join(', ');
