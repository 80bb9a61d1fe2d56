/** Rules of shapes that both the rewrites (shapes.ts) and the check of a package (sizes.ts) go by. */

/** A shape, -1 for the number of images that are asked about at once. */
export type Shape = readonly number[];

/** The shape that both can be stretched to; null where they do not fit. */
export function broadcastShape(a: Shape, b: Shape): Shape | null {
  if (a.length < b.length) return broadcastShape(b, a);
  const shape = a.map((length, i) => {
    const other = b[i - a.length + b.length] ?? 1;
    if (other === 1 || other === length) return length;
    return length === 1 ? other : Number.NaN;
  });
  return shape.some(Number.isNaN) ? null : shape;
}

/** `sides`: before and after each axis, in turn. */
export const paddedShape = (shape: Shape, sides: readonly number[]): Shape =>
  shape.map((length, axis) => length + (sides[2 * axis] ?? 0) + (sides[2 * axis + 1] ?? 0));

/** Without some axes, or with 1 in their place. Axes count from the end where they are negative. */
export function reducedShape(shape: Shape, axes: readonly number[], keeps: boolean): Shape {
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + shape.length : axis)));
  return shape.flatMap((length, axis) => (gone.has(axis) ? (keeps ? [1] : []) : [length]));
}
