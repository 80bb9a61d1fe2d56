import type { Analysis } from '../core/analysis';
import { filledSet, listedForFlag } from '../core/decision/class-list';
import { panelSpread } from '../core/decision/panel';
import { measures } from '../core/lesion/morphology/levels';
import { flaggedAmong, type OtherLesion, type UnaskedLesions } from '../core/report/other-lesions';
import { csvOf } from './csv';
import { otherLesionsCell, unaskedLesionsCell } from './other-lesions';
import type { Disclaimer } from './words';

export interface TableRow {
  photoName: string;
  alias: string | null;
  lesion: string | null;
  impression: string | null;
  histology: string | null;
  analysis: Analysis;
  /** Of the same photo and package. */
  otherLesions?: readonly OtherLesion[] | undefined;
  /** Found in the photo, and without an answer. */
  unaskedLesions?: readonly UnaskedLesions[] | undefined;
}

/**
 * A batch as CSV (RFC 4180: comma, CRLF, quotes doubled), one row an analysis, with a byte order mark so that
 * spreadsheets read Korean. Columns: what the photo is, one `p_<class>` (calibrated) and `logit_<class>` a
 * class of any of the models, the decision, the provenance, and the disclaimer in both languages: a row that
 * is copied elsewhere takes it along. Numbers are written in full and with a decimal point. A text that a
 * spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV injection").
 */
export function batchTable(batch: readonly TableRow[], disclaimer: Disclaimer): string {
  const classIds = unique(batch.flatMap(({ analysis }) => analysis.probabilities.map(({ id }) => id)));
  const factIds = unique(batch.flatMap(({ analysis }) => Object.keys(analysis.modelMetadata?.used ?? {})));
  const rows = batch.map((row) => cells(row, classIds, factIds, disclaimer));
  return csvOf(columns(classIds, factIds), rows);
}

const unique = (values: string[]) => [...new Set(values)];

const columns = (classIds: string[], factIds: string[]) => [
  'photo',
  'patient',
  'lesion',
  ...factIds.map((id) => `fact_${id}`),
  'analysed_at',
  'no_result',
  ...classIds.map((id) => `p_${id}`),
  ...classIds.map((id) => `logit_${id}`),
  'conformal_set',
  'set_unsure',
  'listed_for_flag',
  'positive_classes',
  'p_positive',
  'threshold',
  'above_threshold',
  'wanted_sensitivity',
  'other_lesion_flagged',
  'other_lesions',
  'unasked_lesions',
  'panel_lowest',
  'panel_highest',
  'panel_flagging',
  'site_calibration',
  'ood_score',
  'ood_threshold',
  'in_distribution',
  'photo_check',
  'lesion_share',
  'diameter_px',
  'diameter_mm',
  'area_px',
  'lesion_cut_off',
  ...measures.map((measure) => measure.replace('-', '_')),
  'colours_present',
  'outline',
  'own_impression',
  'histology',
  'width',
  'height',
  'square_left',
  'square_top',
  'square_side',
  'package',
  'package_version',
  'package_sha256',
  'panel_members_sha256',
  'backend',
  'adapter',
  'preprocessing',
  'app_version',
  'disclaimer_en',
  'disclaimer_ko',
];

function cells(row: TableRow, classIds: string[], factIds: string[], disclaimer: Disclaimer): unknown[] {
  const { analysis, otherLesions: others = [], unaskedLesions = [] } = row;
  const facts = analysis.modelMetadata?.used ?? {};
  const { provenance, decision, outOfDistribution, square, photo, panel, siteCalibration } = analysis;
  const spread = panel && panelSpread(panel);
  const set = filledSet(analysis);
  const siteName = siteCalibration && `${siteCalibration.name} ${siteCalibration.createdAt}`;
  const byId = new Map(analysis.probabilities.map((probability) => [probability.id, probability]));
  return [
    row.photoName,
    row.alias,
    row.lesion,
    ...factIds.map((id) => facts[id] ?? null),
    analysis.createdAt,
    // Its numbers mean little, and "not flagged" comforts nobody.
    outOfDistribution?.refused ?? false,
    ...classIds.map((id) => byId.get(id)?.calibrated ?? null),
    ...classIds.map((id) => byId.get(id)?.logit ?? null),
    set.classes.join(' '),
    set.unsure,
    listedForFlag(analysis)?.id ?? null,
    decision?.positive.join(' ') ?? null,
    decision?.probability ?? null,
    decision?.threshold ?? null,
    decision?.above ?? null,
    decision?.wanted ?? null,
    others.length > 0 ? flaggedAmong(others).length > 0 : null,
    otherLesionsCell(others) || null,
    unaskedLesionsCell(unaskedLesions) || null,
    spread?.lowest ?? null,
    spread?.highest ?? null,
    spread?.flagging.join(' ') ?? null,
    siteName,
    outOfDistribution?.score ?? null,
    outOfDistribution?.threshold ?? null,
    outOfDistribution?.inDistribution ?? null,
    gateText(analysis),
    ...formCells(analysis),
    row.impression,
    row.histology,
    photo.width,
    photo.height,
    square.left,
    square.top,
    square.side,
    provenance.packageId,
    provenance.packageVersion,
    provenance.packageHash,
    panel?.map((member) => `${member.packageId}:${member.packageHash}`).join(' ') ?? null,
    provenance.backend,
    provenance.adapter,
    provenance.preprocessing,
    provenance.appVersion,
    disclaimer.en,
    disclaimer.ko,
  ];
}

/**
 * What the check of the photo came to, "passed", "refused" or "overruled", and each objection, as "warn:blur".
 * Null where none was made.
 */
function gateText({ gate }: Analysis): string | null {
  if (!gate) return null;
  const objections = gate.checks.filter(({ severity }) => severity !== 'none');
  return [
    ...(gate.overruled ? ['overruled'] : gate.accepted ? ['passed'] : ['refused']),
    ...objections.map(({ check, severity }) => `${severity}:${check}`),
  ].join(' ');
}

/** Of the lesion that was looked at; its outline as SVG path data in pixels of the photo. */
function formCells({ lesion }: Analysis): unknown[] {
  const chosen = lesion && lesion.chosen !== null ? lesion.lesions[lesion.chosen] : undefined;
  const morphology = lesion?.morphology;
  const outline = chosen?.outline.map((line) => `M${line.map(({ x, y }) => `${x} ${y}`).join('L')}Z`);
  return [
    chosen?.share ?? null,
    morphology?.diameter.pixels ?? null,
    morphology?.diameter.millimetres ?? null,
    morphology?.area ?? null,
    morphology?.cutOff ?? null,
    ...measures.map(
      (name) => morphology?.measurements.find(({ measure }) => measure === name)?.value ?? null,
    ),
    morphology?.colours.present.join(' ') ?? null,
    outline?.join('') ?? null,
  ];
}
