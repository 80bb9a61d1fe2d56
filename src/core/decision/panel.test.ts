import { expect, test } from 'vitest';
import { examplePanelMember } from '../fixtures/analysis';
import { joinedLogits, panelSpread } from './panel';
import { softmax } from './probability';

const member = (id: string, weight: number, temperature = 1) => ({
  id,
  version: '1.0.0',
  card: 'a'.repeat(64),
  weight,
  temperature,
});

test('a panel is the weighted geometric mean of its members', () => {
  const z = joinedLogits(
    [member('a', 0.5), member('b', 0.5)],
    [
      [Math.log(0.8), Math.log(0.2)],
      [Math.log(0.2), Math.log(0.8)],
    ],
  );
  expect(softmax(z)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
  const [p = 0] = softmax(
    joinedLogits(
      [member('a', 0.75), member('b', 0.25)],
      [
        [Math.log(0.9), Math.log(0.1)],
        [Math.log(0.4), Math.log(0.6)],
      ],
    ),
  );
  const expected = (0.9 ** 0.75 * 0.4 ** 0.25) / (0.9 ** 0.75 * 0.4 ** 0.25 + 0.1 ** 0.75 * 0.6 ** 0.25);
  expect(p).toBeCloseTo(expected, 12);
});

test('a member is heard at its own temperature, and a shift of all its logits changes nothing', () => {
  const members = [member('a', 0.6, 2), member('b', 0.4, 0.5)];
  const z = joinedLogits(members, [
    [2, 0],
    [0, 1],
  ]);
  expect(z).toEqual(
    joinedLogits(members, [
      [102, 100],
      [-7, -6],
    ]).map((value) => expect.closeTo(value, 10)),
  );
  // 0.6 * log softmax([1, 0]) + 0.4 * log softmax([0, 2])
  expect((z[0] as number) - (z[1] as number)).toBeCloseTo(0.6 * 1 - 0.4 * 2, 12);
});

test('without the answer of a member there is none', () => {
  expect(() => joinedLogits([member('a', 0.5), member('b', 0.5)], [[1, 0]])).toThrow(
    'member b has no answer',
  );
});

test('the spread says how far the members are apart, and who would flag', () => {
  expect(
    panelSpread([
      examplePanelMember('a', 0.1, false),
      examplePanelMember('b', 0.5, true),
      examplePanelMember('c', 0.3, null),
    ]),
  ).toEqual({
    lowest: 0.1,
    highest: 0.5,
    deviation: expect.closeTo(Math.sqrt(0.08 / 3), 12),
    flagging: ['b'],
    deciding: 2,
  });
  expect(panelSpread([examplePanelMember('a', null, null)])).toBeNull();
});
