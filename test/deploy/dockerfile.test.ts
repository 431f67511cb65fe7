import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readStages, readText, root } from './read-deploy-files.js';

const stages = readStages('Dockerfile');
const [global = [], build = [], final = []] = stages;
const all = (keyword: string, stage = final) => stage.filter((one) => one.keyword === keyword).map((one) => one.rest);

describe('the image', () => {
  test('is built in two stages from one pinned base', () => {
    expect(stages).toHaveLength(3);
    expect(all('ARG', global)[0]).toMatch(/^NODE_IMAGE=node:(2[2-9]|[3-9]\d)[\d.]*-bookworm-slim$/);
    expect([...all('FROM', build), ...all('FROM')]).toEqual(['${NODE_IMAGE} AS build', '${NODE_IMAGE}']);
  });

  test('holds what the lockfile says, and no development dependencies', () => {
    const runs = all('RUN', build).join('\n');
    expect(runs).toContain('npm ci');
    expect(runs).toContain('npm prune --omit=dev');
    expect(runs).not.toMatch(/npm (install|i) /);
  });

  test('fetches nothing beside npm packages', () => {
    expect(readText('Dockerfile')).not.toMatch(/^(RUN.*(apt|apk|curl|wget)|ADD )/m);
  });

  test('runs as a numbered user that is not root, and writes to /data only', () => {
    expect(all('USER').at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(all('VOLUME')).toEqual(['/data']);
    expect(all('ENV').join(' ')).toContain('DATA_DIR=/data');
    expect(all('COPY').some((copy) => copy.includes('--chown'))).toBe(false);
  });

  test('starts and is probed without a shell', () => {
    expect(JSON.parse(all('CMD')[0] ?? '')).toEqual(['node', 'dist/bin/server.js']);
    const probe = all('HEALTHCHECK')[0] ?? '';
    const command = JSON.parse(probe.slice(probe.indexOf('['))) as readonly string[];
    expect(command[0]).toBe('node');
    expect(existsSync(new URL(command[1] ?? '', root))).toBe(true);
  });

  test('carries no secret', () => {
    expect(all('ENV').join(' ')).not.toMatch(/SECRET|PASSWORD|TOKEN|DATABASE_URL/i);
  });
});

test('what the image copies exists in the project and is not kept from the builder', () => {
  const ignored = readText('.dockerignore').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['node_modules', '.git', 'test', 'data', '**/.env*', '**/secrets']));
  for (const folder of ['docker/patients', 'docker/scripts']) {
    expect(existsSync(new URL(folder, root))).toBe(true);
    expect(ignored).toContain(`!${folder}`);
    expect(all('COPY').some((copy) => copy.includes(`/app/${folder}`))).toBe(true);
  }
});
