/**
 * `node scripts/run.mjs write-health-records FOLDER` writes made-up answers as DICOM, for a test in which
 * another library reads them (training/tests/test_health_records.py): a folder for each case, and codes.json
 * with every public code that a record may hold.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleAnalysis } from '../src/core/fixtures/analysis';
import type { BodySide } from '../src/core/patient/body-areas';
import { allCodes } from '../src/report/health/codes';
import { dicomStudy } from '../src/report/health/dicom';
import { dicomFile } from '../src/report/health/dicom-file';
import type { DicomPhoto } from '../src/report/health/dicom-photo';
import { exampleSource, outlinedLesion, photoJpeg, wordsOf } from '../src/report/health/fixtures/source';
import type { HealthSource } from '../src/report/health/record';
import { main, Stop } from './command';

const jpeg: DicomPhoto = { kind: 'jpeg', bytes: photoJpeg(600, 450) };
/** Each pixel says where it is. */
const rgb = Uint8Array.from({ length: 3 * 600 * 450 }, (_, index) => {
  const pixel = Math.floor(index / 3);
  return [pixel % 251, Math.floor(pixel / 600) % 256, 90][index % 3] ?? 0;
});

/** The example's lesion on another side of the back than its left. */
const on = (side: BodySide) => {
  const { case: noted } = exampleSource();
  return noted && { ...noted, side };
};

const cases: Record<string, [Partial<HealthSource>, DicomPhoto | null]> = {
  whole: [{}, jpeg],
  'named-korean': [
    { named: true, language: 'ko', ...wordsOf('ko') },
    { kind: 'pixels', rgb, lossy: false },
  ],
  'no-photo-no-patient-no-scale': [{ case: null, scale: null }, null],
  'no-outline': [{ analysis: exampleAnalysis(), case: on('middle') }, jpeg],
  drawn: [
    {
      analysis: exampleAnalysis({ lesion: { ...outlinedLesion(), segmenter: null } }),
      case: on('right'),
    },
    jpeg,
  ],
  'no-result': [
    {
      analysis: exampleAnalysis({
        outOfDistribution: { score: 20, threshold: 12, inDistribution: false, refused: true },
      }),
    },
    jpeg,
  ],
};

await main(async () => {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Stop('Say which folder to write into.', 2);
  for (const [name, [changes, photo]] of Object.entries(cases)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const instance of dicomStudy(exampleSource(changes), photo))
      writeFileSync(join(folder, name, `${instance.name}.dcm`), dicomFile(instance));
  }
  writeFileSync(join(folder, 'codes.json'), JSON.stringify(allCodes));
  return 0;
});
