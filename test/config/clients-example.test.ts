import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clientsFile } from '../../src/config/clients-file.js';
import { load, makeKey } from './environment.js';

const example = readFileSync('docker/clients/example.yaml', 'utf8');
/** With every key that is commented out in force; sentences have a space before their first colon. */
const complete = example.replaceAll(/^( +)# ([A-Za-z]+:)/gm, '$1$2');
const keys = JSON.stringify({ keys: [makeKey('key-1').publicJwk] });
const env = { CLIENTS_FILE: 'clients.yaml', MODE: 'development' };

describe('the example of a clients file', () => {
  test('is accepted as it is, in production too', () => {
    const settings = { ...env, MODE: 'production', PUBLIC_URLS: 'https://cds.example' };
    expect(load(settings, { 'clients.yaml': example }).auth.clients.map(({ id }) => id)).toEqual(['example-hospital']);
  });

  test('shows every key that a client can have, each in a form that is accepted', () => {
    const known = Object.keys(clientsFile.shape.clients.element.shape);
    const shown = [...complete.matchAll(/^ {2}(?: {2}|- )([A-Za-z]+):/gm)].map((match) => match[1]!);
    expect(shown.toSorted()).toEqual(known.toSorted());
    const [client] = load(env, { 'clients.yaml': complete, 'keys.json': keys }).auth.clients;
    expect(client).toMatchObject({
      tenants: ['north'],
      audiences: ['https://gateway.example/imsr'],
      privateAddressesAllowed: true,
      rateLimitPerMinute: 6000,
    });
    expect(client!.localKeys.get('https://ehr.example/cds')).toHaveLength(1);
  });
});
