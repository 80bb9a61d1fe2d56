import { describe, expect, it } from 'vitest';
import { editOf } from '../../../core/lesion/draw';
import { openWorkbench } from './testing/open-workbench';
import { newWorkbenchPhoto, requestFor, withoutLastStroke, withStroke } from './workbench-photo';

const raster = { width: 20, height: 10, data: new Uint8Array(200) };
const of = { left: 0, top: 0, side: 10 };
const dab = (x: number) => ({ points: [{ x, y: 5 }], radius: 3, add: true });

describe('a mask under the brush', () => {
  it('takes back one pull after the other, to the very mask it began with', () => {
    const first = withStroke({ of, raster, edits: [] }, editOf(raster, dab(5)));
    const second = withStroke(first, editOf(first.raster, dab(8)));
    expect(second.raster.data).not.toEqual(first.raster.data);
    expect(withoutLastStroke(second).raster).toEqual(first.raster);
    expect(withoutLastStroke(withoutLastStroke(second))).toEqual({ of, raster, edits: [] });
    const empty = { of, raster, edits: [] };
    expect(withoutLastStroke(empty)).toBe(empty);
  });
});

describe('what the engine is asked', () => {
  const photo = newWorkbenchPhoto('1', { file: new Blob(['a']), name: 'a.jpg', source: 'file' });

  it('is nothing that the user has not said', () => {
    expect(requestFor(photo, {})).toEqual({ scale: null, metadata: {}, overruleGate: false });
  });

  it('is the square, the mask, the scale and the metadata of the photo', () => {
    const square = { left: 1, top: 2, side: 30 };
    const drawn = { square, mask: { of, raster, edits: [] }, scale: 0.02, overruled: true };
    const request = { square, mask: raster, scale: 0.02, overruleGate: true, metadata: { age: 30 } };
    expect(requestFor(drawn, { age: 30 })).toEqual(request);
  });

  it('is to go on with a picture that our own code drew, which is no photo', () => {
    const drawn = newWorkbenchPhoto('2', { file: new Blob(['a']), name: 'sample', source: 'synthetic' });
    expect(requestFor(drawn, {}).overruleGate).toBe(true);
  });
});

it('takes the place that the name says along with the analysis, and none where it says none', async () => {
  const page = openWorkbench();
  page.workbench.choosePackage('nets');
  const [named, camera = ''] = await page.add('K-17 left forearm.jpg', 'IMG_0001.jpg');
  expect(page.patientContext.valuesOf(named)).toEqual({ site: 'forearm' });
  expect(page.patientContext.valuesOf(camera)).toEqual({});
  await page.load();
  expect(page.analyses[0]?.request.metadata).toEqual({ site: 'forearm' });
});
