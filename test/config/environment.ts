import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { expect } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load-config.js';
import type { ReadFile } from '../../src/config/read-settings.js';
import { CdsError } from '../../src/errors.js';

export type Files = Readonly<Record<string, string>>;

/** A file system of a few texts; everything else is not there. Paths are compared by how they end. */
export function files(contents: Files): ReadFile {
  return (path) => {
    const found = Object.entries(contents).find(([name]) => path === name || path.endsWith(`/${name}`));
    if (found === undefined) throw new Error(`ENOENT: ${path}`);
    return found[1];
  };
}

export function load(env: Readonly<Record<string, string>> = {}, contents: Files = {}): Config {
  return loadConfig(env, files(contents));
}

/** The issues of a configuration that must be refused. */
export function issuesOf(env: Readonly<Record<string, string>>, contents: Files = {}): CdsError['issues'] {
  let error: unknown;
  try {
    load(env, contents);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CdsError);
  expect((error as CdsError).code).toBe('CONFIG_INVALID');
  return (error as CdsError).issues;
}

/** Names of the settings that were refused, in order. */
export function refused(env: Readonly<Record<string, string>>, contents: Files = {}): readonly string[] {
  return issuesOf(env, contents).map((issue) => issue.path);
}

export interface KeyTexts {
  readonly publicJwk: JsonWebKey & { readonly kid: string };
  readonly privateJwk: JsonWebKey & { readonly kid: string };
}

export function makeKey(kid: string): KeyTexts {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return {
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid },
    privateJwk: { ...privateKey.export({ format: 'jwk' }), kid },
  };
}
