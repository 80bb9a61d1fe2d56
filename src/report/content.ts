import type { Analysis } from '../core/analysis';
import type { Card, Kind, Text } from '../core/card/card';
import { classNameOf } from '../core/card/class-name';
import type { OtherVersion } from '../core/decision/other-version';
import type { ClassProbability } from '../core/decision/probability';
import type { BodySide } from '../core/patient/body-areas';
import { type AnswerSource, answerText, writtenProbability } from './answer';
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
  /** The patient's own side that the lesion is on, where it is noted. */
  side?: BodySide | null;
  /** The place in words, with side and part, where more than the site is noted. */
  place?: string | null;
  impression: { label: string; beforeAnswer: boolean } | null;
  histology: string | null;
  notes: string;
}

export interface ReportSource extends AnswerSource {
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
  kind: Kind;
}

export interface ReportContent {
  title: string;
  created: string;
  caseRows: ReportRow[];
  /** Flagged or not, or that there is no result: it leads. */
  lead: string;
  /** The decision with its numbers and what can't be ruled out, for a list of many. */
  line: string;
  /** The rest of the answer in sentences, what matters most first. */
  answer: string[];
  /** Most probable first. */
  bars: ReportBar[];
  /** Size, form and colours of the lesion; empty without an outline. */
  form: ReportRow[];
  model: ReportRow[];
  provenance: ReportRow[];
}

export function reportContent(source: ReportSource, words: ReportWords, language: Language): ReportContent {
  const { verdict, lead, line, sentences, facts } = answerText(source, words, language);
  return {
    title: words.title,
    created: fill(words.created, { date: source.date }),
    caseRows: source.case ? caseRows(source.case, words) : [],
    lead,
    line,
    answer: [...sentences, ...(facts === null ? [] : [facts])],
    bars: [...source.analysis.probabilities]
      .sort((a, b) => b.calibrated - a.calibrated)
      .map((probability) => bar(probability, source.card, language)),
    form: formRows(source.analysis, words, language),
    model: modelRows(source.card, verdict.otherVersion, words, language),
    provenance: provenanceRows(source, words),
  };
}

const siteWords = (site: string | null, words: ReportWords) =>
  site === null ? words.unknown : (words.site[site] ?? site);

function caseRows(source: ReportCase, words: ReportWords): ReportRow[] {
  const { impression } = source;
  const seen = impression?.beforeAnswer ? words.case.impressionBefore : words.case.impressionAfter;
  const rows: [string, string | null][] = [
    [words.case.alias, source.alias],
    [words.case.lesion, source.lesion],
    [words.case.age, source.age === null ? words.unknown : String(source.age)],
    [words.case.sex, source.sex === null ? words.unknown : words.sex[source.sex]],
    [words.case.site, source.place ?? siteWords(source.site, words)],
    [words.case.impression, impression && fill(seen, { label: impression.label })],
    [words.case.histology, source.histology],
    [words.case.notes, source.notes || null],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
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

/** The measures of a card that mean something at a bedside; of those on one line, the first that it has. */
const told = [
  ['malignantAuc', 'auc'],
  ['sensitivityAt90Specificity'],
  ['specificityAt90Sensitivity'],
  ['balancedAccuracy', 'accuracy'],
] as const;

/** Of an answer by another version no figure: those of the card here were measured on the one here. */
function modelRows(
  card: Card,
  other: OtherVersion | null,
  words: ReportWords,
  language: Language,
): ReportRow[] {
  const written = (name: Text) => name[language];
  const measures = told.flatMap((alternatives) => {
    const measure = alternatives.find((name) => card.results.metrics[name]);
    const found = measure && card.results.metrics[measure];
    if (!found) return [];
    const digits = (value: number) => value.toFixed(2);
    const { value, low, high } = found;
    const name = words.model.measure[measure];
    return [
      fill(words.model.interval, {
        measure: name,
        value: digits(value),
        low: digits(low),
        high: digits(high),
      }),
    ];
  });
  const measured = {
    label: fill(words.model.results, { count: card.results.count }),
    value: measures.join('; '),
  };
  return [
    {
      label: words.model.name,
      value: other
        ? `${written(card.title)} ${other.version}`
        : `${written(card.title)} ${card.version} (${card.architecture.name})`,
    },
    { label: words.model.data, value: `${card.data.name} (${card.data.licence})` },
    ...(measures.length > 0 && !other ? [measured] : []),
    { label: words.model.licence, value: card.licence },
    { label: words.model.limits, value: card.limits.map(written).join(' ') },
  ];
}

/** ABCD of the lesion: in words of how it compares with moles, and in millimetres where a scale is set. */
function formRows({ lesion }: Analysis, words: ReportWords, language: Language): ReportRow[] {
  const morphology = lesion?.morphology;
  if (!morphology) return [];
  const { form } = words;
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  const { millimetres, pixels, key } = morphology.diameter;
  const length = millimetres === null ? `${number(pixels, 0)} px` : `${number(millimetres, 1)} mm`;
  const compared = form.diameters[key.replace('morphology.diameter.', '') as keyof typeof form.diameters];
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const present = morphology.colours.present.map((colour) => form.colour[colour]);
  return [
    ...morphology.measurements.map(({ measure, value, level }) => ({
      label: form[measure],
      value: `${number(value, measure === 'colours' ? 0 : 2)} (${form.level[level]})`,
    })),
    { label: form.diameter, value: `${length} (${compared})` },
    { label: form.which, value: list.format(present) },
    ...(morphology.cutOff ? [{ label: '', value: form.cutOff }] : []),
  ];
}

function provenanceRows({ analysis, photoName, scale }: ReportSource, words: ReportWords): ReportRow[] {
  const { provenance, photo, square } = analysis;
  const size = fill(words.provenance.photoValue, photo);
  const scaleText = scale === null ? [] : [fill(words.photo.scale, { scale: scale.toPrecision(3) })];
  const photoTexts = [...(photoName ? [photoName] : []), size, ...scaleText];
  const squareText = `${words.provenance.square} ${fill(words.provenance.squareValue, { ...square })}`;
  return [
    {
      label: words.provenance.app,
      value: [
        `Lentigo ${provenance.appVersion}`,
        `${words.provenance.backend} ${provenance.backend}, ${provenance.adapter}`,
        `${words.provenance.preprocessing} ${provenance.preprocessing}`,
      ].join('; '),
    },
    {
      label: words.provenance.package,
      value: `${provenance.packageId} ${provenance.packageVersion}, ${provenance.packageHash}`,
    },
    ...(analysis.panel ?? []).map(({ packageId, packageVersion, packageHash }) => ({
      label: words.provenance.member,
      value: `${packageId} ${packageVersion}, ${packageHash}`,
    })),
    { label: words.provenance.photo, value: `${photoTexts.join(', ')}; ${squareText}` },
  ];
}
