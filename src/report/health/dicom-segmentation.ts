import type { Size } from '../../core/geometry';
import type { Raster } from '../../core/raster';
import { codes } from './codes';
import {
  anatomicRegion,
  coded,
  type Dataset,
  dcm,
  type Instance,
  longString,
  referenced,
} from './dicom-parts';
import { padded } from './dicom-photo';
import type { RecordedPackage, RecordedPlace } from './record';

export interface SegmentationSource {
  /** 1 lesion, 0 background, over the whole photo. */
  mask: Raster;
  photo: Instance & Size & { compression: Dataset };
  /** Null where the user drew the outline. */
  segmenter: RecordedPackage | null;
  place: RecordedPlace | null;
  tracking: { id: string; uid: string };
  dimensionUid: string;
}

/** The attributes of a binary Segmentation: one segment, one frame of the photo's size (PS3.3, A.51). */
export function segmentationAttributes(source: SegmentationSource): Dataset {
  const { mask, photo, segmenter, place, tracking, dimensionUid } = source;
  const bits = padded(packed(mask, photo));
  const dimension = { DimensionOrganizationUID: dimensionUid };
  return {
    ImageType: ['DERIVED', 'PRIMARY'],
    ContentLabel: 'LESION',
    ContentDescription: 'Outline of a lesion. For research and teaching, not diagnosis.',
    ContentCreatorName: '',
    InstanceNumber: 1,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    NumberOfFrames: 1,
    Rows: photo.height,
    Columns: photo.width,
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    // A mask takes the history of the photo that it was made from.
    ...photo.compression,
    SegmentationType: 'BINARY',
    SegmentSequence: [
      {
        SegmentNumber: 1,
        SegmentLabel: 'Lesion',
        SegmentAlgorithmType: segmenter ? 'AUTOMATIC' : 'MANUAL',
        ...(segmenter && algorithm(segmenter)),
        SegmentedPropertyCategoryCodeSequence: coded(codes.abnormalStructure),
        SegmentedPropertyTypeCodeSequence: coded(codes.lesion),
        ...anatomicRegion(place),
        TrackingID: tracking.id,
        TrackingUID: tracking.uid,
      },
    ],
    DimensionOrganizationSequence: [dimension],
    DimensionIndexSequence: [
      {
        ...dimension,
        // Segment Identification Sequence > Referenced Segment Number.
        DimensionIndexPointer: 0x0062000b,
        FunctionalGroupPointer: 0x0062000a,
        DimensionDescriptionLabel: 'Segment Number',
      },
    ],
    SharedFunctionalGroupsSequence: [{}],
    PerFrameFunctionalGroupsSequence: [
      {
        FrameContentSequence: [{ DimensionIndexValues: [1] }],
        SegmentIdentificationSequence: [{ ReferencedSegmentNumber: 1 }],
        DerivationImageSequence: [
          {
            DerivationCodeSequence: coded(dcm('113076', 'Segmentation')),
            SourceImageSequence: [
              {
                ...referenced(photo),
                SpatialLocationsPreserved: 'YES',
                PurposeOfReferenceCodeSequence: coded(
                  dcm('121322', 'Source image for image processing operation'),
                ),
              },
            ],
          },
        ],
      },
    ],
    ReferencedSeriesSequence: [
      { SeriesInstanceUID: photo.seriesUid, ReferencedInstanceSequence: [referenced(photo)] },
    ],
    PixelData: bits.buffer,
    _vrMap: { PixelData: 'OB' },
  };
}

function algorithm({ packageId, packageVersion, packageHash }: RecordedPackage): Dataset {
  return {
    SegmentAlgorithmName: longString(`Lentigo ${packageId} ${packageVersion}`),
    SegmentationAlgorithmIdentificationSequence: [
      {
        AlgorithmFamilyCodeSequence: coded(dcm('123110', 'Artificial Intelligence')),
        AlgorithmName: longString(packageId),
        AlgorithmVersion: longString(packageVersion),
        AlgorithmParameters: `SHA-256 of the package: ${packageHash}`,
        AlgorithmSource: 'Lentigo',
      },
    ],
  };
}

/**
 * The mask at the size of the photo, each pixel that of the mask at its middle, packed as DICOM wants it
 * (PS3.5, 8.1.1): eight pixels a byte, the first in the lowest bit, rows one after the other without a gap.
 */
export function packed(mask: Raster, { width, height }: Size): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(Math.ceil((width * height) / 8));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width;
    for (let x = 0; x < width; x++) {
      if (!mask.data[row + Math.floor(((x + 0.5) * mask.width) / width)]) continue;
      const at = y * width + x;
      bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
    }
  }
  return bits;
}
