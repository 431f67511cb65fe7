import { describe, expect, it } from 'vitest';
import { straightLine } from './straight-line.js';

describe('the straight line through measurements', () => {
  it('is the line that the points lie on', () => {
    const { start, slope, furthest } = straightLine([10, 100, 1000].map((x) => ({ x, y: 2 + 0.5 * x })));
    expect(start).toBeCloseTo(2, 9);
    expect(slope).toBeCloseTo(0.5, 9);
    expect(furthest).toBeCloseTo(0, 9);
  });

  it('tells how far the worst point is off, as a share of what the line says', () => {
    const bent = [10, 100, 1000].map((x) => ({ x, y: x === 100 ? 80 : x }));
    expect(Math.abs(straightLine(bent).furthest)).toBeGreaterThan(0.05);
    expect(Math.abs(straightLine(bent).furthest)).toBeLessThan(0.2);
    const steep = [10, 100, 1000].map((x) => ({ x, y: x * x }));
    expect(Math.abs(straightLine(steep).furthest)).toBeGreaterThan(0.5);
  });

  it('does not let the largest point decide for the others', () => {
    const { start } = straightLine([
      { x: 1, y: 1 },
      { x: 10, y: 1.9 },
      { x: 1000, y: 95 },
    ]);
    expect(start).toBeGreaterThan(0.8);
    expect(start).toBeLessThan(1);
  });
});
