import type { Language } from '../words';
import { codes, measureCodes, originCodes, own, ownCodes } from './codes';
import {
  code,
  container,
  containerAttributes,
  image,
  names,
  number,
  text,
  uid,
  units,
} from './dicom-content';
import {
  coded,
  type Dataset,
  type DicomCode,
  dcm,
  type Instance,
  referenced,
  uidOfHash,
} from './dicom-parts';
import type { HealthRecord, RecordedClass, RecordedOutline, RecordedPackage, RecordedPlace } from './record';

export interface ReportInstances {
  studyUid: string;
  photo: Instance;
  /** Null where there is no mask. */
  segmentation: Instance | null;
  tracking: { id: string; uid: string };
  /** Of the classes, which are about the photo and not about its outline. */
  answerTracking: { id: string; uid: string };
}

/**
 * The attributes of a Comprehensive SR after TID 1500, "Measurement Report" (PS3.16). `language`: of its
 * sentences; the names of codes are English.
 */
export function reportAttributes(
  record: HealthRecord,
  instances: ReportInstances,
  language: Language,
): Dataset {
  const { photo, segmentation, studyUid } = instances;
  const evidence = [photo, ...(segmentation ? [segmentation] : [])].map((instance) => ({
    SeriesInstanceUID: instance.seriesUid,
    ReferencedSOPSequence: [referenced(instance)],
  }));
  return {
    InstanceNumber: 1,
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'UNVERIFIED',
    PreliminaryFlag: 'PRELIMINARY',
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    CurrentRequestedProcedureEvidenceSequence: [
      { StudyInstanceUID: studyUid, ReferencedSeriesSequence: evidence },
    ],
    ValueType: 'CONTAINER',
    ConceptNameCodeSequence: coded(dcm('126000', 'Imaging Measurement Report')),
    ...containerAttributes(
      [
        code(names.language, languages[language], 'HAS CONCEPT MOD'),
        ...observer(record.classifier),
        code(names.procedure, own('photo-analysis', 'Analysis of a skin photo'), 'HAS CONCEPT MOD'),
        container(names.measurements, [
          answerGroup(record, instances),
          ...(record.outline && record.outline !== 'none'
            ? [outlineGroup(record, record.outline, instances)]
            : []),
        ]),
        container(
          names.qualitative,
          record.conclusion.map((sentence) => text(names.comment, sentence)),
        ),
      ],
      '1500',
    ),
  };
}

const languages: Readonly<Record<Language, DicomCode>> = {
  en: { scheme: 'RFC5646', value: 'en', meaning: 'English' },
  ko: { scheme: 'RFC5646', value: 'ko', meaning: 'Korean' },
};

/** The model package as the observer (TID 1004). */
function observer({ packageId, packageVersion, packageHash }: RecordedPackage): Dataset[] {
  const context = 'HAS OBS CONTEXT';
  return [
    code(names.observerType, names.device, context),
    uid(names.deviceUid, uidOfHash(packageHash), context),
    text(names.deviceName, 'Lentigo', context),
    text(names.deviceManufacturer, 'Lentigo', context),
    text(names.deviceModel, `${packageId} ${packageVersion}`, context),
    text(names.deviceSerial, packageHash, context),
  ];
}

const tracked = ({ id, uid: value }: { id: string; uid: string }): Dataset[] => [
  text(names.trackingId, id, 'HAS OBS CONTEXT'),
  uid(names.trackingUid, value, 'HAS OBS CONTEXT'),
];

const algorithm = ({ packageId, packageVersion }: RecordedPackage): Dataset[] => [
  text(names.algorithm, packageId, 'HAS CONCEPT MOD'),
  text(names.algorithmVersion, packageVersion, 'HAS CONCEPT MOD'),
];

/** The site, with its side as a modifier; none where the site has no code. */
const located = (place: RecordedPlace | null): Dataset[] => {
  const side = place?.laterality ? [code(names.laterality, place.laterality, 'HAS CONCEPT MOD')] : [];
  return place?.site ? [code(names.findingSite, place.site, 'CONTAINS', side)] : [];
};

/** Decision and classes, as measurements of the whole photo (TID 1501). Without a result no number. */
function answerGroup(record: HealthRecord, { photo, answerTracking }: ReportInstances) {
  const { threshold, site } = record;
  const { flag } = record.verdict;
  const decision = own('decision', 'Decision against the threshold');
  const listed = own('not-ruled-out', 'Prediction set: cannot be ruled out');
  const flagged = flag?.flagged ? ownCodes.flagged : own('not-flagged', 'Not flagged');
  const said = record.noResult
    ? [
        code(decision, own('no-result', 'No result: unlike the photos that the model knows')),
        // A flag is said all the same.
        ...(flag?.flagged ? [code(decision, flagged)] : []),
      ]
    : [
        ...(flag ? [code(decision, flagged)] : []),
        ...(threshold ? [code(ownCodes.thresholdOrigin, originCodes[threshold.origin])] : []),
        ...(site === null ? [] : [text(ownCodes.site, site)]),
        ...record.classes.filter(({ listed }) => listed).map((each) => code(listed, classCode(each))),
      ];
  const numbers = record.noResult
    ? []
    : [
        ...(flag
          ? [
              number(ownCodes.sum, flag.probability, units.none),
              number(ownCodes.threshold, flag.threshold, units.none),
              ...(threshold && threshold.target !== null
                ? [number(ownCodes.thresholdTarget, threshold.target, units.none)]
                : []),
            ]
          : []),
        ...record.classes.map((each) =>
          number(
            own(`probability-${each.id}`, `Calibrated probability of ${each.name}`),
            each.probability,
            units.none,
            [code(names.finding, classCode(each), 'HAS CONCEPT MOD')],
          ),
        ),
      ];
  return container(
    names.group,
    [
      ...tracked(answerTracking),
      ...algorithm(record.classifier),
      ...located(record.place),
      image(names.source, photo),
      ...numbers,
      ...said,
    ],
    '1501',
  );
}

const classCode = ({ id, name, code }: RecordedClass): DicomCode => code ?? own(id, name);

/** The measures of the outline, which is a segment (TID 1410); of the whole photo where there is no mask. */
function outlineGroup(
  { segmenter, place }: HealthRecord,
  { diameter, area, form, cutOff }: RecordedOutline,
  { photo, segmentation, tracking }: ReportInstances,
): Dataset {
  return container(
    names.group,
    [
      ...tracked(tracking),
      ...(segmenter ? algorithm(segmenter) : []),
      code(names.finding, codes.lesion),
      ...located(place),
      ...(segmentation
        ? [image(names.segment, segmentation, 1), image(names.segmentSource, photo)]
        : [image(names.source, photo)]),
      ...(diameter === null ? [] : [number(codes.longAxis, diameter, units.millimetres)]),
      ...(area === null ? [] : [number(codes.area, area, units.squareMillimetres)]),
      ...form.map(({ measure, value }) => number(measureCodes[measure], value, units.none)),
      ...(segmenter ? [] : [code(own('outlined-by', 'Outlined by'), ownCodes.drawn)]),
      ...(cutOff ? [code(own('seen', 'Part that is seen'), own('cut-off', 'Runs over the edge'))] : []),
    ],
    segmentation ? '1410' : '1501',
  );
}
