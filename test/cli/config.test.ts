import { describe, expect, it } from 'vitest';
import { configCommand } from '../../src/cli/config.js';

const SECRET = 'synthetic-secret-of-more-than-32-characters';

function run(env: Readonly<Record<string, string>>, ...args: string[]) {
  let out = '';
  const code = configCommand(
    env,
    () => SECRET,
    args,
    (text) => (out += text),
  );
  return { code, out };
}

function shownIn(env: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> {
  const { settings } = JSON.parse(run(env, '--json').out) as { settings: { name: string; shown?: string }[] };
  return Object.fromEntries(settings.map(({ name, shown }) => [name, shown]));
}

describe('imsr-cds config', () => {
  it('--settings names the files in which secrets may come', () => {
    const { code, out } = run({}, '--settings');
    expect(code).toBe(0);
    expect(out).toMatch(/^DATABASE_URL or DATABASE_URL_FILE /m);
    expect(out).toMatch(/^REPORT_LINK_SECRET or REPORT_LINK_SECRET_FILE /m);
    expect(out.match(/_FILE /g)!.length).toBeGreaterThan(4);
    expect(out).not.toMatch(/PORT_FILE/);
  });

  it('shows what is in force for settings that are not set and depend on others', () => {
    expect(shownIn({})).toMatchObject({
      MODE: 'development',
      AUTH_MODE: 'development',
      PUBLIC_URLS: 'http://127.0.0.1:8080,http://localhost:8080',
      CORS_ORIGINS: '*',
      SANDBOX: 'true',
    });
    expect(shownIn({ SANDBOX: 'false', CORS_ORIGINS: 'https://ehr.example' })).toMatchObject({
      CORS_ORIGINS: 'https://ehr.example',
      SANDBOX: 'false',
    });
  });

  it('shows no secret, and nothing for what is not there', () => {
    const shown = shownIn({ REPORT_LINK_SECRET_FILE: 'secret' });
    expect(shown['REPORT_LINK_SECRET']).toBe('(set, not shown)');
    expect(shown['DATABASE_URL']).toBeUndefined();
  });
});
