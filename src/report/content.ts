import type { Analysis, ModelMetadata } from '../core/analysis';
import type { Card, Kind, Text } from '../core/card/card';
import { classNameOf } from '../core/card/class-name';
import type { ClassProbability } from '../core/decision/probability';
import { calibratedBy, coarseAnswers, verdictOf } from '../core/decision/verdict';
import { probabilityInPercent } from '../core/percent';
import { verdictLead, verdictSentences, verdictText } from './verdict-text';
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
  /** What a package is called; its id where it is left out. */
  titleOf?: (packageId: string) => string;
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
  kind: Kind;
}

export interface ReportContent {
  title: string;
  created: string;
  caseRows: ReportRow[];
  /** Flagged or not, or that there is no result: it leads. */
  lead: string;
  /** The rest of the answer in sentences, what matters most first. */
  answer: string[];
  /** Most probable first. */
  bars: ReportBar[];
  model: ReportRow[];
  provenance: ReportRow[];
}

export function reportContent(source: ReportSource, words: ReportWords, language: Language): ReportContent {
  const verdict = verdictText(source.card, verdictOf(source.card, source.analysis), {
    words: words.verdict,
    language,
    minDigits: 1,
    ...(source.titleOf && { titleOf: source.titleOf }),
  });
  return {
    title: words.title,
    created: fill(words.created, { date: source.date }),
    caseRows: source.case ? caseRows(source.case, words) : [],
    lead: verdictLead(verdict),
    answer: [...verdictSentences(verdict), ...remarks(source, words, language)],
    bars: [...source.analysis.probabilities]
      .sort((a, b) => b.calibrated - a.calibrated)
      .map((probability) => bar(probability, source.card, language)),
    model: modelRows(source.card, words, language),
    provenance: provenanceRows(source, words),
  };
}

/** A probability with one digit after the point. No model is certain: never a bare 100 % or 0 %. */
export const writtenProbability = (probability: number, language: Language) =>
  probabilityInPercent(probability, language, { digits: 1 });

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

/** What is to be said beside the verdict. */
function remarks({ analysis, card }: ReportSource, words: ReportWords, language: Language): string[] {
  const sentences: string[] = [];
  const { outOfDistribution } = analysis;
  if (outOfDistribution?.inDistribution === false && !outOfDistribution.refused)
    sentences.push(words.answer.unusual);
  if (card.merge) {
    const answers = coarseAnswers(card, calibratedBy(card, analysis.probabilities))
      .sort((a, b) => b.probability - a.probability)
      .map(({ name, probability }) => `${name[language]} ${writtenProbability(probability, language)}`);
    sentences.push(fill(words.answer.coarse, { answers: answers.join(', ') }));
  }
  if (analysis.modelMetadata) {
    const facts = metadataTexts(analysis.modelMetadata, card, words, language).join(', ');
    sentences.push(fill(words.answer.facts, { facts }));
  }
  for (const { stage } of analysis.degradations) sentences.push(words.answer.degradation[stage]);
  return sentences;
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
    label: classNameOf(card, probability.id, language),
    probability: probability.calibrated,
    calibrated: writtenProbability(probability.calibrated, language),
    raw: writtenProbability(probability.raw, language),
    logit: probability.logit.toFixed(3),
    kind: card.classes.find(({ id }) => id === probability.id)?.kind ?? 'benign',
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
    ...(analysis.panel ?? []).map(({ packageId, packageVersion, packageHash }) => ({
      label: words.provenance.member,
      value: `${packageId} ${packageVersion}, ${packageHash}`,
    })),
    { label: words.provenance.backend, value: `${provenance.backend}, ${provenance.adapter}` },
    { label: words.provenance.preprocessing, value: String(provenance.preprocessing) },
    { label: words.provenance.photo, value: photoTexts.join(', ') },
    { label: words.provenance.square, value: fill(words.provenance.squareValue, { ...square }) },
  ];
}
