/**
 * One a class: a colour that differs from its neighbours for the colour-blind too (Okabe and Ito 2008,
 * darkened or lightened to be seen on both grounds), and a dash, so that colour is never the only difference.
 */
const strokes = [
  { stroke: 'var(--lentigo-accent)', dash: undefined },
  { stroke: '#c2570c', dash: '7 3' },
  { stroke: '#4a7fd4', dash: '2 3' },
  { stroke: '#b3619a', dash: '10 3 2 3' },
  { stroke: '#8a8417', dash: '4 2' },
  { stroke: '#3d94b8', dash: '1 2' },
  { stroke: '#b54848', dash: '12 4' },
  { stroke: '#7a8686', dash: '6 2 2 2 2 2' },
] as const;

export function strokeOf(index: number): (typeof strokes)[number] {
  return strokes[index % strokes.length] as (typeof strokes)[number];
}
