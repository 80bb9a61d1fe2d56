import dicomParser, { type DataSet, type Element } from 'dicom-parser';
import { stripMetadata } from '../../core/image/image-metadata';
import { beginsWith, jpegMarker, walkJpeg } from '../../core/image/jpeg';
import { adobeRgb } from '../../core/image/jpeg-rewrite';
import { encodePng, type PngSource } from '../../core/image/png';
import { EngineError, messageOf } from '../engine-error';
import { text } from './dicom-text';

export function unsupported(what: string, value: string): EngineError {
  return new EngineError('dicom-unsupported', { what, value });
}

/** The first frame of uncompressed pixel data, with the file's colour profile where it has one. */
export function pngOf(data: DataSet, element: Element): Blob {
  const icc = data.elements.x00282000;
  const profile = icc && icc.length > 0 ? { icc: slice(data, icc.dataOffset, icc.length) } : null;
  return new Blob([encodePng(samplesOf(data, element), profile)], { type: 'image/png' });
}

function samplesOf(data: DataSet, element: Element): PngSource {
  const height = data.uint16('x00280010') ?? 0;
  const width = data.uint16('x00280011') ?? 0;
  const channels = data.uint16('x00280002') ?? 1;
  const colours = text(data, 'x00280004') ?? '';
  const expected = { RGB: 3, YBR_FULL: 3, MONOCHROME2: 1 }[colours];
  if (expected === undefined) throw unsupported('photometric interpretation', colours);
  if (expected !== channels) throw unsupported('samples a pixel', String(channels));
  const length = width * height * channels;
  if (length === 0 || element.length < length)
    throw new EngineError('file-unreadable', { reason: 'pixel data' });
  const stored = slice(data, element.dataOffset, length);
  const interleaved = channels === 3 && data.uint16('x00280006') === 1 ? interleave(stored) : stored;
  if (colours === 'YBR_FULL') toRgb(interleaved);
  return { width, height, channels: expected as 1 | 3, data: interleaved };
}

const slice = (data: DataSet, start: number, length: number) =>
  new Uint8Array(data.byteArray.subarray(start, start + length));

/** Planar configuration 1: all of the first channel, then all of the second, then all of the third. */
function interleave(planes: Uint8Array): Uint8Array {
  const count = planes.length / 3;
  return planes.map((_, index) => planes[(index % 3) * count + Math.floor(index / 3)] as number);
}

/** YBR_FULL to RGB, in place (PS3.3, C.7.6.3.1.2: ITU-R BT.601, full range). */
function toRgb(samples: Uint8Array): void {
  const clamped = new Uint8ClampedArray(samples.buffer);
  for (let at = 0; at < samples.length; at += 3) {
    const luma = samples[at] as number;
    const blue = (samples[at + 1] as number) - 128;
    const red = (samples[at + 2] as number) - 128;
    clamped[at] = luma + 1.402 * red;
    clamped[at + 1] = luma - 0.344136 * blue - 0.714136 * red;
    clamped[at + 2] = luma + 1.772 * blue;
  }
}

/** The first JPEG of encapsulated pixel data, for the browser's own decoder. */
export function jpegOf(data: DataSet, element: Element, frames: number): Blob {
  const colours = text(data, 'x00280004') ?? '';
  if (!['RGB', 'YBR_FULL', 'YBR_FULL_422', 'MONOCHROME2'].includes(colours)) {
    throw unsupported('photometric interpretation', colours);
  }
  // EXIF goes for its own sake, and so that no decoder turns the picture: what DICOM stores stands as it is
  // stored.
  const stripped = stripMetadata(firstFrame(data, element, frames));
  if (!stripped.ok || stripped.value.format !== 'jpeg')
    throw new EngineError('file-unreadable', { reason: 'JPEG' });
  const jpeg = stripped.value.bytes;
  return new Blob([colours === 'RGB' ? markedRgb(jpeg) : jpeg], { type: 'image/jpeg' });
}

function firstFrame(data: DataSet, element: Element, frames: number): Uint8Array {
  try {
    const { fragments = [], basicOffsetTable = [] } = element;
    // A single frame may be cut into several fragments.
    if (frames === 1) {
      return dicomParser.readEncapsulatedPixelDataFromFragments(data, element, 0, fragments.length);
    }
    const offsets =
      basicOffsetTable.length > 0 ? basicOffsetTable : dicomParser.createJPEGBasicOffsetTable(data, element);
    return dicomParser.readEncapsulatedImageFrame(data, element, 0, offsets);
  } catch (error) {
    throw new EngineError('file-unreadable', { reason: messageOf(error) });
  }
}

/**
 * A bare JPEG of three components is taken for YCbCr, and so is one with JFIF's segment. Where DICOM says
 * that it is RGB and no segment of Adobe's says otherwise, Adobe's (transform 0) takes the place of JFIF's.
 */
function markedRgb(jpeg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const segments = walkJpeg(jpeg)?.segments ?? [];
  if (segments.some((segment) => segment.marker === jpegMarker.app(14) && beginsWith(segment, 'Adobe')))
    return jpeg;
  const jfif = segments.find((segment) => segment.marker === jpegMarker.app(0));
  const rest = jpeg.subarray(jfif?.start === 2 ? jfif.end : 2);
  const result = new Uint8Array(2 + adobeRgb.length + rest.length);
  result.set(jpeg.subarray(0, 2));
  result.set(adobeRgb, 2);
  result.set(rest, 2 + adobeRgb.length);
  return result;
}
