import dicomParser, { type DataSet } from 'dicom-parser';
import type { Result } from '../../core/failure';
import { EngineError, messageOf, toResult } from '../engine-error';
import {
  type DicomIdentity,
  type DicomMetadata,
  identityFromDicom,
  metadataFromDicom,
  text,
} from './dicom-metadata';
import { jpegOf, pngOf, unsupported } from './dicom-picture';

export interface DicomPhoto {
  /** PNG without loss, or the file's own JPEG without its metadata. */
  image: Blob;
  metadata: DicomMetadata;
  identity: DicomIdentity;
}

const jpegBaseline = '1.2.840.10008.1.2.4.50';
const uncompressed = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1'];

/**
 * Reads a visible-light or dermoscopy DICOM file (Part 10): 8 bits a sample, uncompressed (implicit and
 * explicit VR little endian; RGB, YBR_FULL, MONOCHROME2; planar configuration 0 and 1) or JPEG baseline. Of
 * several frames, the first. Fails with "dicom-unsupported", whose detail names what is not supported, or
 * "file-unreadable".
 */
export function readDicom(bytes: Uint8Array): Promise<Result<DicomPhoto>> {
  return toResult(async () => {
    const data = parse(bytes);
    const metadata = metadataFromDicom(data);
    const identity = identityFromDicom(data);
    const element = data.elements.x7fe00010;
    if (!element) throw unsupported('pixels', 'none');
    const allocated = data.uint16('x00280100') ?? 0;
    const stored = data.uint16('x00280101') ?? allocated;
    if (allocated !== 8 || stored !== 8) throw unsupported('bits', `${stored} of ${allocated}`);
    if (data.uint16('x00280103') === 1) throw unsupported('samples', 'signed');
    const syntax = text(data, 'x00020010') ?? '';
    if (uncompressed.includes(syntax)) return { image: pngOf(data, element), metadata, identity };
    if (syntax === jpegBaseline) {
      return { image: jpegOf(data, element, metadata.frames), metadata, identity };
    }
    throw unsupported('transfer syntax', syntax);
  });
}

function parse(bytes: Uint8Array): DataSet {
  try {
    return dicomParser.parseDicom(bytes);
  } catch (error) {
    // dicom-parser throws texts, errors, and objects with an error in them.
    const inner =
      typeof error === 'object' && error !== null && 'exception' in error ? error.exception : error;
    // It asks for the library pako where the data set is deflated.
    if (/pako|deflate/i.test(messageOf(inner))) throw unsupported('transfer syntax', 'deflated');
    throw new EngineError('file-unreadable', { reason: messageOf(inner) });
  }
}
