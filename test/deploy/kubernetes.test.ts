import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.js';
import { readYamlFile, root } from './read-deploy-files.js';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}
interface Container {
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [probe: string]: unknown;
}
interface PodSpec {
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly terminationGracePeriodSeconds: number;
  readonly automountServiceAccountToken: boolean;
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
}
interface Selectors {
  readonly selector: { readonly matchLabels: object };
  readonly template: { readonly metadata: { readonly labels: object }; readonly spec: PodSpec };
}

const folder = 'docker/kubernetes';
const names = readdirSync(new URL(folder, root)).filter((name) => name !== 'kustomization.yaml');
const manifests = names.flatMap((name) => readYamlFile<Manifest>(`${folder}/${name}`));
const of = (kind: string, name = 'imsr-cds'): Manifest => {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};
const labels = { 'app.kubernetes.io/name': 'imsr-cds' };
const deployment = of('Deployment').spec as unknown as Selectors;
const pod = deployment.template.spec;
const [container] = pod.containers;
if (container === undefined) throw new Error('no container');

test('every manifest is listed, once', () => {
  const [kustomization] = readYamlFile<{ readonly resources: readonly string[] }>(`${folder}/kustomization.yaml`);
  expect([...(kustomization?.resources ?? [])].sort()).toEqual([...names].sort());
  const kinds = manifests.map((one) => `${one.kind}/${one.metadata.name}`);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(new Set(manifests.map((one) => one.kind))).toEqual(
    new Set([
      'ConfigMap',
      'Deployment',
      'Service',
      'PodDisruptionBudget',
      'HorizontalPodAutoscaler',
      'NetworkPolicy',
      'Ingress',
    ]),
  );
});

describe('the pod', () => {
  test('has no rights that it does not need', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('is probed where the service answers, and is sent calls also while the database is away', () => {
    const path = (probe: string) => (container[probe] as { readonly httpGet: { readonly path: string } }).httpGet.path;
    expect([path('startupProbe'), path('livenessProbe'), path('readinessProbe')]).toEqual([
      '/health/live',
      '/health/live',
      '/health/live',
    ]);
    expect(container.ports).toEqual([{ name: 'http', containerPort: 8080 }]);
  });

  test('asks for what it needs and mounts only what exists', () => {
    expect(container.resources).toMatchObject({ requests: { cpu: '500m' }, limits: { memory: '512Mi' } });
    expect(container.volumeMounts.map((mount) => mount.name).sort()).toEqual(pod.volumes.map((one) => one.name).sort());
  });

  test('gets longer to stop than the service takes to finish', () => {
    const grace = Number(of('ConfigMap').data?.['SHUTDOWN_GRACE_MS']) / 1_000;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(grace + 5);
  });
});

test('service, budget, network policy and autoscaler speak of the same pods', () => {
  expect(deployment.selector.matchLabels).toEqual(labels);
  expect(deployment.template.metadata.labels).toEqual(labels);
  expect(of('Service').spec).toMatchObject({ selector: labels, ports: [{ targetPort: 'http' }] });
  expect(of('PodDisruptionBudget').spec).toMatchObject({ minAvailable: 1, selector: { matchLabels: labels } });
  expect(of('NetworkPolicy').spec).toMatchObject({
    podSelector: { matchLabels: labels },
    policyTypes: ['Ingress', 'Egress'],
  });
  expect(of('HorizontalPodAutoscaler').spec).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name: 'imsr-cds' },
    minReplicas: 2,
  });
});

test('metrics and health stay inside the cluster', () => {
  const exposed = JSON.stringify(of('Ingress').spec);
  expect(exposed).toContain('"/cds-services"');
  expect(exposed).not.toMatch(/"\/(metrics|health)?"/);
  expect(exposed).toContain('"tls"');
});

test('no secret is written down, and the settings are accepted in production without a warning', () => {
  expect(manifests.some((one) => one.kind === 'Secret')).toBe(false);
  const settings = of('ConfigMap').data ?? {};
  const files: Readonly<Record<string, string>> = {
    '/etc/imsr-cds/clients.yaml': of('ConfigMap', 'imsr-cds-clients').data?.['clients.yaml'] ?? '',
    '/run/secrets/imsr-cds/database-url': 'postgres://imsr:synthetic@database:5432/imsr',
    '/run/secrets/imsr-cds/report-link-secret': 'synthetic-secret-of-more-than-32-characters',
  };
  const config = loadConfig(settings, (file) => {
    const text = files[file];
    if (text === undefined) throw new Error(`no file ${file}`);
    return text;
  });
  expect(config).toMatchObject({ mode: 'production', auth: { mode: 'clients' }, warnings: [] });
});
