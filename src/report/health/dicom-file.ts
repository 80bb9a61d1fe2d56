import { data } from 'dcmjs';
import { zipSync } from 'fflate';
import type { DicomInstance } from './dicom';

/** Of Lentigo as a writer of DICOM files: a UUID made once. */
const implementationUid = '2.25.207522781021232944614435175040990080532';

/** One DICOM file (PS3.10). Load this module with `import()`: dcmjs is large. */
export function dicomFile({ transferSyntax, dataset }: DicomInstance): Uint8Array<ArrayBuffer> {
  const { denaturalizeDataset } = data.DicomMetaDictionary;
  const file = new data.DicomDict(
    denaturalizeDataset({
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: dataset.SOPClassUID,
      MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
      TransferSyntaxUID: transferSyntax,
      ImplementationClassUID: implementationUid,
      ImplementationVersionName: 'LENTIGO',
    }),
  );
  file.dict = denaturalizeDataset(dataset);
  // A photo is one frame, and one piece is enough for it.
  return new Uint8Array(file.write({ fragmentMultiframe: false }));
}

/** The files of a study in one archive. `date`: of its entries. */
export function dicomArchive(instances: readonly DicomInstance[], date: Date): Uint8Array<ArrayBuffer> {
  const files = instances.map((instance) => [`${instance.name}.dcm`, dicomFile(instance)] as const);
  return zipSync(Object.fromEntries(files), { mtime: date, level: 6 });
}
