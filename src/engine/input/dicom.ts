import dicomParser, { type DataSet } from 'dicom-parser';
import type { Result } from '../../core/failure';
import { EngineError, messageOf, toResult } from '../engine-error';
import {
  type DicomIdentity,
  type DicomMetadata,
  identityFromDicom,
  metadataFromDicom,
} from './dicom-metadata';
import { jpegOf, pngOf, unsupported } from './dicom-picture';
import { text } from './dicom-text';
import { bareDicomSyntax } from './sniff';

export interface DicomPhoto {
  /** PNG without loss, or the file's own JPEG without its metadata. */
  image: Blob;
  metadata: DicomMetadata;
  identity: DicomIdentity;
}

const jpegBaseline = '1.2.840.10008.1.2.4.50';
const implicitLittle = '1.2.840.10008.1.2';
const explicitLittle = '1.2.840.10008.1.2.1';
const uncompressed = [implicitLittle, explicitLittle];
/** Of files without a head; file meta information names its own. */
const bareSyntaxes = { meta: undefined, explicit: explicitLittle, implicit: implicitLittle };

/**
 * Reads a visible-light or dermoscopy DICOM file (Part 10): 8 bits a sample, uncompressed (implicit and
 * explicit VR little endian; RGB, YBR_FULL, MONOCHROME2; planar configuration 0 and 1) or JPEG baseline. Of
 * several frames, the first. A file without its head, or a bare data set, is read as what it looks like. Fails with "dicom-unsupported", whose detail names what is not supported, or
 * "file-unreadable".
 */
export function readDicom(bytes: Uint8Array): Promise<Result<DicomPhoto>> {
  return toResult(async () => {
    const bare = bareDicomSyntax(bytes);
    const data = parse(bare === 'meta' ? withHead(bytes) : bytes, bare && bareSyntaxes[bare]);
    const metadata = metadataFromDicom(data);
    const identity = identityFromDicom(data);
    const element = data.elements.x7fe00010;
    if (!element) throw unsupported('pixels', 'none');
    const allocated = data.uint16('x00280100') ?? 0;
    const stored = data.uint16('x00280101') ?? allocated;
    if (allocated !== 8 || stored !== 8) throw unsupported('bits', `${stored} of ${allocated}`);
    if (data.uint16('x00280103') === 1) throw unsupported('samples', 'signed');
    const syntax = text(data, 'x00020010') ?? (bare && bareSyntaxes[bare]) ?? '';
    if (uncompressed.includes(syntax)) return { image: pngOf(data, element), metadata, identity };
    if (syntax === jpegBaseline) {
      return { image: jpegOf(data, element, metadata.frames), metadata, identity };
    }
    throw unsupported('transfer syntax', syntax);
  });
}

/** The file meta information behind the head that the file has lost. */
function withHead(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(132 + bytes.length);
  whole.set(
    [...'DICM'].map((letter) => letter.charCodeAt(0)),
    128,
  );
  whole.set(bytes, 132);
  return whole;
}

/** `syntax`: of a data set that does not name it, because its head is gone. */
function parse(bytes: Uint8Array, syntax: string | null | undefined): DataSet {
  try {
    return dicomParser.parseDicom(bytes, syntax ? { TransferSyntaxUID: syntax } : {});
  } catch (error) {
    // dicom-parser throws texts, errors, and objects with an error in them.
    const inner =
      typeof error === 'object' && error !== null && 'exception' in error ? error.exception : error;
    // It asks for the library pako where the data set is deflated.
    if (/pako|deflate/i.test(messageOf(inner))) throw unsupported('transfer syntax', 'deflated');
    throw new EngineError('file-unreadable', { reason: messageOf(inner) });
  }
}
