import { beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/schemas/log.js';
import { json } from '../record/scripted-fhir-server.js';
import { useServiceBesideFhirServer } from './beside-fhir-server.js';
import { fullCall, type HookCall } from './synthetic-call.js';

interface Line {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

const lines: Line[] = [];
function logWith(bound: Readonly<Record<string, unknown>>): Log {
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields: { ...bound, ...fields }, message });
  return {
    ...{ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    child: (fields) => logWith({ ...bound, ...fields }),
  };
}

const ELSEWHERE = 'https://elsewhere.example/fhir';
const message = 'part of the record could not be had';
const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;

describe('what the log says of a record with gaps', () => {
  const running = useServiceBesideFhirServer(logWith({}));
  beforeEach(() => void (lines.length = 0));

  /** The warnings about one call; it is answered all the same. */
  async function warnedAbout(call: HookCall): Promise<readonly Line[]> {
    expect((await running.service.answer('imsr-indication', call)).status).toBe(200);
    return lines.filter(({ level }) => level === 'warn' || level === 'error');
  }
  const whole = (more: object = {}): HookCall => ({ ...fullCall('imsr-indication', 'all-met'), ...more });
  const without = (key: string, more: object = {}): HookCall => {
    const call = whole(more);
    const { [key]: _left, ...prefetch } = call.prefetch!;
    return { ...call, prefetch };
  };

  it('a server that is not on the list: one warning with the keys and the cause, no address', async () => {
    const call = without('observations', { fhirServer: ELSEWHERE });
    const gaps = [{ key: 'observations', cause: 'server-not-allowed' }];
    expect(await warnedAbout(call)).toEqual([{ level: 'warn', fields: { requestId, gaps }, message }]);
    expect(JSON.stringify(lines)).not.toContain('elsewhere.example');
  });

  it('a key that the server refuses, a page that is cut short and a failure in the prefetch: one warning for all', async () => {
    const call = without('conditions', { fhirServer: running.fhir.base });
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
    const page = { ...(call.prefetch!['procedures'] as object), total: 1000 };
    Object.assign(call.prefetch!, { procedures: page, encounters: outcome });
    const [line, ...others] = await warnedAbout(call);
    expect(others).toEqual([]);
    expect(line!.fields['gaps']).toEqual(
      expect.arrayContaining([
        { key: 'conditions', cause: 'http-404' },
        { key: 'procedures', cause: 'total-larger' },
        { key: 'encounters', cause: 'operation-outcome' },
      ]),
    );
    expect(line!.fields['gaps']).toHaveLength(3);
  });

  it('roles that could not be read are said once per cause', async () => {
    const call = whole({ fhirServer: running.fhir.base });
    const procedures = ['a', 'b', 'c'].map((id) => ({
      resource: {
        ...{ resourceType: 'Procedure', id, status: 'completed', subject: { reference: 'Patient/all-met' } },
        performer: [{ actor: { reference: `PractitionerRole/absent-${id}` } }],
      },
    }));
    call.prefetch!['procedures'] = { resourceType: 'Bundle', type: 'searchset', entry: procedures };
    running.fhir.on('PractitionerRole/absent-c', json({}, 403));
    const [line] = await warnedAbout(call);
    expect(line!.fields['gaps']).toEqual([
      { key: 'roles', cause: 'http-404' },
      { key: 'roles', cause: 'http-403' },
    ]);
  });

  it('is quiet when all was prefetched, and when a key was left out and no server was named', async () => {
    expect(await warnedAbout(whole())).toEqual([]);
    expect(await warnedAbout(whole({ fhirServer: ELSEWHERE }))).toEqual([]);
    expect(await warnedAbout(without('observations'))).toEqual([]);
  });

  it('warns of a further page that cannot be read where no server was named: the client began an answer', async () => {
    const call = whole();
    const link = [{ relation: 'next', url: `${ELSEWHERE}/Procedure?page=2` }];
    call.prefetch!['procedures'] = { ...(call.prefetch!['procedures'] as object), link };
    const [line] = await warnedAbout(call);
    expect(line!.fields['gaps']).toEqual([{ key: 'procedures', cause: 'no-fhir-server' }]);
  });
});
