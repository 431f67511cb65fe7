/**
 * Makes the secrets of the sandbox stack once, as files in SECRETS_DIR. What is there already is kept, so that a
 * restart changes nothing. For a sandbox: a hospital brings its own secrets (see docker/kubernetes/).
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';

const folder = env.SECRETS_DIR ?? '/secrets';
const database = { host: env.DATABASE_HOST ?? 'database', name: 'imsr', user: 'imsr' };

mkdirSync(folder, { recursive: true });
const path = (name) => join(folder, name);
/** Whoever made a part of them and was stopped goes on where that was. */
const keep = (name, make) => {
  // The containers that read these run as different users and share no group.
  if (!existsSync(path(name))) writeFileSync(path(name), make(), { mode: 0o444, flag: 'wx' });
  return readFileSync(path(name), 'utf8');
};
keep('report-link-secret', () => randomBytes(32).toString('hex'));
const password = keep('database-password', () => randomBytes(24).toString('hex'));
keep('database-url', () => `postgres://${database.user}:${password}@${database.host}:5432/${database.name}`);
