export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Least squares over several series that share a slope, and have each a level of its own: Σ(x−x̄)(y−ȳ) / Σ(x−x̄)², with the means of each series.
 * @param series each in any order
 * @returns y per x; undefined where no series has two points at different x
 */
export function commonSlope(series: readonly (readonly Point[])[]): number | undefined {
  let [covariance, variance] = [0, 0];
  for (const points of series) {
    const meanX = mean(points.map(({ x }) => x));
    const meanY = mean(points.map(({ y }) => y));
    for (const { x, y } of points) {
      covariance += (x - meanX) * (y - meanY);
      variance += (x - meanX) ** 2;
    }
  }
  return variance > 0 ? covariance / variance : undefined;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
