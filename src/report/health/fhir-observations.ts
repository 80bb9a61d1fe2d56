import type { Observation, ObservationComponent } from 'fhir/r4';
import type { Flag } from '../../core/decision/flag';
import { type Code, codes, measureCodes, originCodes, own, ownCodes } from './codes';
import { absent, bodySite, concept, hl7, notes, quantity, ratio, reference } from './fhir-parts';
import type { HealthRecord, HealthSource, RecordedClass, RecordedOutline } from './record';

/** What the observations refer to, by id. */
export interface FhirIds {
  patient: string | null;
  classifier: string;
  segmenter: string | null;
  media: string | null;
  bodyStructure: string | null;
}

type Value = `value${'Boolean' | 'Quantity' | 'String'}`;
type Said = Partial<Pick<Observation, 'component' | 'dataAbsentReason' | 'method' | 'note' | Value>>;

type Observe = (text: string, code: Code, device: string | null, said: Said) => Observation;

/** The observations of a report: what the model said, what was measured, what the clinician noted. */
export function observationsOf(source: HealthSource, record: HealthRecord, ids: FhirIds): Observation[] {
  const { health } = source;
  const observe: Observe = (text, code, device, said) =>
    observation(source, record, ids, { text, code, device, said });
  const { segmenter } = ids;
  const outline =
    record.outline === null
      ? []
      : record.outline === 'none'
        ? [observe(health.size, ownCodes.size, segmenter, { dataAbsentReason: absent(health.noLesion) })]
        : [
            observe(health.size, ownCodes.size, segmenter, sizeOf(source, record.outline)),
            observe(health.form, ownCodes.form, segmenter, formOf(source, record.outline)),
          ];
  return [...answers(source, record, observe, ids.classifier), ...outline, ...noted(source, observe)];
}

/**
 * Decision, prediction set and probabilities, in the order in which they are said; without a result the reason in place
 * of each value.
 */
function answers(
  { health, words }: HealthSource,
  record: HealthRecord,
  observe: Observe,
  device: string,
): Observation[] {
  const { noResult, verdict, classes } = record;
  const values: [text: string, code: Code, said: Said][] = [
    [
      health.predictionSet,
      ownCodes.predictionSet,
      {
        component: classes.map((each) => ({
          code: classConcept(each),
          valueBoolean: each.listed,
        })),
        ...(verdict.list.unsure && { note: notes([health.unsure]) }),
      },
    ],
    [
      health.probabilities,
      ownCodes.probabilities,
      {
        component: classes.map((each) => ({
          code: classConcept(each),
          valueQuantity: ratio(each.probability),
        })),
      },
    ],
  ];
  const { flag } = verdict;
  const all: typeof values = flag
    ? [[health.flagged, ownCodes.flagged, decision(health, flag, record)], ...values]
    : values;
  const allTheSame = flag?.flagged ? notes([words.verdict.flaggedAllTheSame]) : [];
  return all.map(([text, code, said]) =>
    observe(text, code, device, noResult ? { dataAbsentReason: absent(noResult), note: allTheSame } : said),
  );
}

const classConcept = ({ id, name, code }: RecordedClass) => concept(code ?? own(id, name), name);

/** The sum of the flagged classes against the threshold, and where that comes from. */
const decision = (
  health: HealthSource['health'],
  { flagged, probability, threshold }: Flag,
  { threshold: about, site }: HealthRecord,
): Said => ({
  valueBoolean: flagged,
  component: [
    { code: concept(ownCodes.sum, health.sum), valueQuantity: ratio(probability) },
    { code: concept(ownCodes.threshold, health.threshold), valueQuantity: ratio(threshold) },
    ...(about
      ? [
          {
            code: concept(ownCodes.thresholdOrigin, health.origin),
            valueCodeableConcept: concept(originCodes[about.origin], health.origins[about.origin]),
          },
        ]
      : []),
    ...(about && about.target !== null
      ? [{ code: concept(ownCodes.thresholdTarget, health.target), valueQuantity: ratio(about.target) }]
      : []),
    ...judgedBy(health, site),
  ],
});

/** The calibration of this site, where one judged. */
const judgedBy = (health: HealthSource['health'], site: string | null): ObservationComponent[] =>
  site === null ? [] : [{ code: concept(ownCodes.site, health.site), valueString: site }];

function sizeOf({ health, analysis }: HealthSource, { diameter, area, cutOff }: RecordedOutline): Said {
  const measured = (code: Code, text: string, value: number | null, unit: string, written: string) => ({
    code: concept(code, text),
    ...(value === null
      ? { dataAbsentReason: absent(health.noScale) }
      : { valueQuantity: quantity(value, unit, written) }),
  });
  return {
    component: [
      measured(codes.longAxis, health.diameter, diameter, 'mm', 'mm'),
      measured(codes.area, health.area, area, 'mm2', 'mm²'),
    ],
    ...(!analysis.lesion?.segmenter && { method: concept(ownCodes.drawn, health.drawn) }),
    ...(cutOff && { note: notes([health.cutOff]) }),
  };
}

const formOf = ({ words }: HealthSource, { form }: RecordedOutline): Said => ({
  component: form.map(
    ({ measure, value }): ObservationComponent => ({
      code: concept(measureCodes[measure], words.form[measure]),
      valueQuantity: ratio(value),
    }),
  ),
});

/** Age, own impression and histology, where they are known. */
function noted({ case: noted, words }: HealthSource, observe: Observe): Observation[] {
  const text = (label: string, code: Code, valueString: string | null | undefined) =>
    valueString ? [observe(label, code, null, { valueString })] : [];
  const age = noted?.age ?? null;
  return [
    ...(age === null
      ? []
      : [observe(words.case.age, codes.age, null, { valueQuantity: quantity(age, 'a', 'years') })]),
    ...text(words.case.impression, ownCodes.impression, noted?.impression?.label),
    ...text(words.case.histology, codes.histology, noted?.histology),
  ];
}

function observation(
  { analysis, language, newId, disclaimer }: HealthSource,
  { place }: HealthRecord,
  ids: FhirIds,
  { text, code, device, said }: { text: string; code: Code; device: string | null; said: Said },
): Observation {
  const ofLesion = code !== codes.age;
  return {
    resourceType: 'Observation',
    id: newId(),
    language,
    status: 'preliminary',
    category: [hl7('observation-category', ofLesion ? 'imaging' : 'exam')],
    code: concept(code, text),
    ...(ids.patient && { subject: reference(ids.patient) }),
    ...(ofLesion && ids.bodyStructure && { focus: [reference(ids.bodyStructure)] }),
    effectiveDateTime: analysis.createdAt,
    ...(ofLesion && place && { bodySite: bodySite(place, ids.bodyStructure) }),
    ...(device && { device: reference(device) }),
    ...(device && ids.media && { derivedFrom: [reference(ids.media)] }),
    ...said,
    note: [...(said.note ?? []), ...notes([disclaimer[language]])],
  };
}
