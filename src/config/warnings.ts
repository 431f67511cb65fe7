import type { TrustSettings } from '../schemas/trust.js';
import type { Mode } from './config.js';
import type { SettingValues } from './settings.js';

/** What is allowed but should not go unnoticed; one sentence each, for the start of the service. */
export function warningsOf(values: SettingValues, mode: Mode, auth: TrustSettings, tls: boolean): readonly string[] {
  const development = auth.mode === 'development';
  const cases: readonly (readonly [boolean, string])[] = [
    [
      development,
      'DEVELOPMENT MODE: every caller is trusted without a token. Use synthetic patients only, and set CLIENTS_FILE before real ones.',
    ],
    [
      mode === 'development' && !development,
      `DEVELOPMENT MODE: ${openNow(values)}. Set MODE=production before real patients.`,
    ],
    [
      mode === 'production' && values.REPORT_LINK_SECRET === undefined,
      'REPORT_LINK_SECRET is not set: links to reports are refused after a restart.',
    ],
    [
      !development && values.PUBLIC_URLS === undefined,
      `PUBLIC_URLS is not set: only tokens for ${auth.publicUrls.join(' and ')} are accepted.`,
    ],
    [
      mode === 'production' && !tls && values.PUBLIC_URLS?.every((url) => url.startsWith('https:')) !== true,
      'Calls may come in over plain HTTP: set TLS_CERT_FILE and TLS_KEY_FILE, or put a proxy with TLS in front and name it in PUBLIC_URLS.',
    ],
    [
      !development && values.DEV_FHIR_SERVERS !== undefined,
      'DEV_FHIR_SERVERS is ignored: it only counts in development mode.',
    ],
  ];
  return cases.flatMap(([applies, sentence]) => (applies ? [sentence] : []));
}

/** What stands open in development mode, with these settings. */
function openNow({ SANDBOX, CORS_ORIGINS }: SettingValues): string {
  const open = [
    ...(SANDBOX === false ? [] : ['the sandbox is there']),
    ...(CORS_ORIGINS === undefined ? ['pages of any origin may call'] : []),
  ];
  return open.length > 0 ? open.join(' and ') : 'what production refuses is allowed';
}
