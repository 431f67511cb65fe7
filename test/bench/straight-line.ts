export interface Point {
  readonly x: number;
  /** Above zero. */
  readonly y: number;
}

export interface StraightLine {
  /** At x = 0. */
  readonly start: number;
  /** Added per unit of x. */
  readonly slope: number;
  /** How far the point that lies furthest from the line is off, as a share of what the line says there; below the line negative. */
  readonly furthest: number;
}

/**
 * The straight line through points that may differ a hundredfold: the sum of the squares of the distances is the least, each
 * distance taken as a share of the point's y.
 *
 * @param points at least two, with different x
 */
export function straightLine(points: readonly Point[]): StraightLine {
  const sum = (of: (point: Point) => number): number =>
    points.reduce((total, point) => total + of(point) / point.y ** 2, 0);
  const weight = sum(() => 1);
  const [x, y] = [sum((point) => point.x) / weight, sum((point) => point.y) / weight];
  const slope = sum((point) => (point.x - x) * (point.y - y)) / sum((point) => (point.x - x) ** 2);
  const start = y - slope * x;
  const shares = points.map((point) => point.y / (start + slope * point.x) - 1);
  const furthest = shares.reduce((most, share) => (Math.abs(share) > Math.abs(most) ? share : most), 0);
  return { start, slope, furthest };
}
