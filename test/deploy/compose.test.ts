import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.js';
import { readText, readYamlFile } from './read-deploy-files.js';

interface ComposeService {
  readonly image?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly restart?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

function leadingOut(networks: readonly string[] = [], known: Compose['networks']): readonly string[] {
  return networks.filter((network) => known[network]?.internal !== true);
}

const [stack] = readYamlFile<Compose>('docker/compose.yaml');
const [production] = readYamlFile<Compose>('docker/compose.production.yaml');
if (stack === undefined || production === undefined) throw new Error('no compose files');
const services = Object.entries(stack.services);
const lasting = services.filter(([, service]) => service.restart !== 'no');

describe('the stack', () => {
  test('is two instances behind a proxy, a database, and a FHIR server with the synthetic patients', () => {
    expect(services.map(([name]) => name).sort()).toEqual(
      ['database', 'fhir', 'patients', 'proxy', 'secrets', 'service-1', 'service-2'].sort(),
    );
    expect(stack.services['service-1']).toEqual(stack.services['service-2']);
    const proxied = readText('docker/proxy/Caddyfile');
    for (const name of ['service-1', 'service-2']) expect(proxied).toContain(`${name}:8080`);
  });

  test('the proxy sends calls to whoever gives cards, also while the database is away', () => {
    expect(readText('docker/proxy/Caddyfile')).toMatch(/^\s*health_uri \/health\/live$/m);
  });

  test('publishes the proxy only, and on this machine only', () => {
    const published = services.filter(([, service]) => service.ports !== undefined);
    expect(published.map(([name, service]) => [name, service.ports])).toEqual([['proxy', ['127.0.0.1:8443:8443']]]);
  });

  test('with synthetic patients keeps everything but the proxy off every network that leads out', () => {
    for (const [name, service] of services) {
      expect(leadingOut(service.networks, stack.networks), name).toEqual(name === 'proxy' ? ['outside'] : []);
    }
  });

  test('in production lets the instances out to key sets and FHIR servers, and nothing else but the proxy', () => {
    const networks = { ...stack.networks, ...production.networks };
    for (const [name, service] of services) {
      // Compose adds the networks of the second file to those of the first.
      const all = [...(service.networks ?? []), ...(production.services[name]?.networks ?? [])];
      const expected = name === 'proxy' ? ['outside'] : name.startsWith('service-') ? ['egress'] : [];
      expect(leadingOut(all, networks), name).toEqual(expected);
    }
  });

  test.each(lasting)('%s is probed without a shell, or says that it cannot be', (name, { healthcheck }) => {
    if (name === 'fhir') {
      expect(healthcheck).toEqual({ disable: true });
      expect(stack.services['patients']?.depends_on).toHaveProperty('fhir');
    } else expect(healthcheck?.test?.[0]).toBe('CMD');
  });

  test.each(services)('%s has a pinned image and no rights that it does not need', (name, service) => {
    expect(service.image).toMatch(/:[^:]*\d|imsr-cds:local$/);
    expect(service.image).not.toMatch(/:latest$/);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    if (name !== 'fhir') expect(service.read_only).toBe(true);
  });

  test('an instance waits for its database and its secrets', () => {
    expect(stack.services['service-1']?.depends_on).toEqual({
      secrets: { condition: 'service_completed_successfully' },
      database: { condition: 'service_healthy' },
    });
  });

  test('no secret stands in a file of the project', () => {
    let files = 0;
    for (const [name, service] of [...services, ...Object.entries(production.services)]) {
      for (const [key, value] of Object.entries(service.environment ?? {})) {
        if (/SECRET|PASSWORD|DATABASE_URL/.test(key) && key !== 'SECRETS_DIR') {
          expect(key, name).toMatch(/_FILE$/);
          expect(value, name).toMatch(/^\/run\/secrets\//);
          files += 1;
        }
      }
    }
    expect(files).toBeGreaterThan(2);
  });

  test('every named volume and network exists', () => {
    for (const [, service] of services) {
      for (const volume of service.volumes ?? []) {
        const source = volume.split(':')[0] ?? '';
        if (!source.startsWith('.')) expect(Object.keys(stack.volumes)).toContain(source);
      }
      for (const network of service.networks ?? []) expect(Object.keys(stack.networks)).toContain(network);
    }
  });
});

describe('the settings', () => {
  const secrets: Readonly<Record<string, string>> = {
    '/run/secrets/database-url': 'postgres://imsr:synthetic@database:5432/imsr',
    '/run/secrets/report-link-secret': 'synthetic-secret-of-more-than-32-characters',
    '/run/clients/clients.yaml': readText('docker/clients/example.yaml'),
  };
  const readSecret = (file: string): string => {
    const text = secrets[file];
    if (text === undefined) throw new Error(`no file ${file}`);
    return text;
  };
  const image = { HOST: '0.0.0.0', PORT: '8080', DATA_DIR: '/data' };
  const instance = stack.services['service-1']?.environment ?? {};

  test('of the image alone start in development mode, with a warning', () => {
    const config = loadConfig(image, readSecret);
    expect(config.auth.mode).toBe('development');
    expect(config.warnings.join()).toContain('DEVELOPMENT MODE');
  });

  test('of the stack are accepted', () => {
    const config = loadConfig({ ...image, ...instance }, readSecret);
    expect(config.auth).toMatchObject({
      mode: 'development',
      publicUrls: ['https://localhost:8443', 'https://proxy:8443'],
    });
    expect(config.auth.anonymous.fhirServers).toEqual(['http://fhir:8080/fhir']);
  });

  test('of production are accepted, without anonymous callers and without a warning', () => {
    const changed = production.services['service-1']?.environment;
    const config = loadConfig({ ...image, ...instance, ...changed }, readSecret);
    expect(config).toMatchObject({ mode: 'production', auth: { mode: 'clients' }, warnings: [] });
    expect(config.auth.clients.map((client) => client.id)).toEqual(['example-hospital']);
  });
});
