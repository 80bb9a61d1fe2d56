import { classNameOf } from '../../../core/card/class-name';
import { siteKey } from '../../../core/patient/body-sites';
import { joinAnalysis, type RecordLesion, type RecordPhoto } from '../../../records/record';
import type { Exportable } from '../../../report/may-leave';
import { useLanguage, useServices } from '../../../ui/context';
import { reportCase } from '../model/report-case';
import type { Case } from '../model/search';
import { timelineOf } from '../model/timeline';
import { usePlaceWords } from './body/use-place-words';

/** What can leave of a case: the newest answer of a package for each photo, the newest photo first. */
export function useCaseExports(): (lesionCase: Case, packageId: string) => Exportable[] {
  const { cases, runtime } = useServices();
  const { language } = useLanguage();
  const placeWords = usePlaceWords();
  return (lesionCase, packageId) => {
    const card = runtime.card(packageId);
    if (!card) return [];
    const named = (label: string) => classNameOf(card, label, language);
    return timelineOf(lesionCase, packageId)
      .reverse()
      .flatMap(({ photoId, entryId, analysis }) => {
        const photo = lesionCase.photos.find(({ id }) => id === photoId);
        const entry = lesionCase.entries.find(({ id }) => id === entryId);
        if (!photo || !entry) return [];
        return [
          {
            photoName: photo.name,
            image: async () => {
              const image = await cases.read((database) => database.image(photoId));
              return image.ok ? image.value : null;
            },
            analysis,
            whole: async () => {
              const rasters = await cases.read((database) => database.rasters(entryId));
              return joinAnalysis(entry, rasters.ok ? rasters.value : null);
            },
            card,
            otherLesions: entry.otherLesions,
            unaskedLesions: entry.unaskedLesions,
            scale: photo.scale,
            case: { ...reportCase(lesionCase, photo, named), place: placeWords(lesionCase.lesion) },
            fileMetadata: metadataOfFile(photo, lesionCase.lesion),
          },
        ];
      });
  };
}

/**
 * The side of a DICOM photo's lesion counts as said by the file, where nobody pressed a spot: what the case took over
 * is not told apart.
 */
const metadataOfFile = ({ dicom }: RecordPhoto, { side, spot }: RecordLesion): string[] =>
  dicom
    ? [
        ...(dicom.age === null ? [] : ['age']),
        ...(dicom.sex === null ? [] : ['sex']),
        ...(dicom.site === null ? [] : [siteKey]),
        ...(side === null || spot !== null ? [] : ['side']),
      ]
    : [];
