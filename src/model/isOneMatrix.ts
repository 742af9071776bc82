/** Four bits a weight move it by some 7 %, two by some 25; matrices that have nothing to do with each other differ by more than they are large. */
const MOST_DIFFERENCE = 0.3;

/**
 * Whether two matrices are one, quantised twice: a publisher's file may hold a tied embedding coarse, and once more, finer, as the head.
 * @param one [rows, columns] @param other the same shape
 */
export function isOneMatrix(one: Float32Array, other: Float32Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  let size = 0;
  for (let i = 0; i < one.length; i++) {
    difference += Math.abs(one[i]! - other[i]!);
    size += Math.abs(other[i]!);
  }
  return difference <= MOST_DIFFERENCE * size;
}
