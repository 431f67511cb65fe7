import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const decisions = readdirSync('src/decisions').map((file) => join('src/decisions', file));
const readmes = ['README.md', 'CHANGELOG.md', 'hooks/README.md', 'cards/README.md', 'docker/README.md'];

/** Files and folders of this project that a text names in full, between backticks. */
function named(file: string): readonly string[] {
  const places = readFileSync(file, 'utf8').match(/`(?:src|test|hooks|cards|docker)\/[\w./-]*`/g) ?? [];
  return places.map((place) => place.slice(1, -1));
}

it.each([...decisions, ...readmes])('%s names files and folders that are there', (file) => {
  expect(named(file).filter((place) => !existsSync(place))).toEqual([]);
});

it('finds such names', () => {
  expect(decisions.flatMap(named).length).toBeGreaterThan(60);
});
