import type { ReaderName } from './readers';

/** Inputs of each reader in `npm run check:full`; docs/reliability.md says what came of so many. */
export const fullRuns = 20_000;

/**
 * Which file of tests tries which reader, so that cores share the work (`fuzz-photos.test.ts` and so on): as
 * `bytes`, and as `values` where it reads JSON. Each takes about as long as the others.
 */
export const parts = {
  photos: {
    bytes: [
      ...(['label table', 'analysis as JSON', 'photo without metadata (JPEG, PNG)'] as const),
      ...(['photo (JPEG, PNG, WebP header)', 'DICOM', 'HEIC colours', 'list.json of samples'] as const),
    ],
    values: ['analysis as JSON', 'list.json of samples'],
  },
  records: {
    bytes: ['case records', 'archive of cases', 'session of the clinic (zip)', 'teaching set (zip)'],
    values: ['case records'],
  },
  models: {
    bytes: [
      ...(['list of models', 'model card', 'model package', 'ONNX model'] as const),
      ...(['graph model (model.json)', 'layers model (model.json)', 'Teachable Machine zip'] as const),
    ],
    values: ['list of models', 'model card', 'graph model (model.json)', 'layers model (model.json)'],
  },
  screens: {
    bytes: [
      ...(['results of an evaluation', 'part of an evaluation', 'calibration of a site'] as const),
      ...(['language file of the kiosk', 'takeaway (address)', 'public address of a kiosk'] as const),
    ],
    values: [
      ...(['results of an evaluation', 'part of an evaluation', 'calibration of a site'] as const),
      'language file of the kiosk',
    ],
  },
} as const satisfies Record<string, { bytes: readonly ReaderName[]; values: readonly ReaderName[] }>;

export type Part = keyof typeof parts;
