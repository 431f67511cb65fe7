import { parseUrl } from '../schemas/url.js';
import { listeningUrl } from './listening-url.js';
import type { SettingValues } from './settings.js';

const EVERY_INTERFACE: readonly string[] = ['0.0.0.0', '::'];
const THIS_MACHINE: readonly string[] = ['127.0.0.1', 'localhost'];

/**
 * The base URLs at which the service is called. Without PUBLIC_URLS it is only known how this machine reaches it, under
 * both names that people type; never what a request's Host header says.
 *
 * @source https://cds-hooks.hl7.org/STU2/#trusting-cds-clients (`aud`)
 */
export function publicUrlsOf(
  values: Pick<SettingValues, 'PUBLIC_URLS' | 'HOST' | 'PORT'>,
  tls: boolean,
): readonly string[] {
  if (values.PUBLIC_URLS !== undefined) return values.PUBLIC_URLS;
  const { HOST: host, PORT: port } = values;
  const names = EVERY_INTERFACE.includes(host) || THIS_MACHINE.includes(host) ? THIS_MACHINE : [host];
  return names.map((name) => {
    const url = listeningUrl(name, port, tls);
    return parseUrl(url)?.origin ?? url;
  });
}
