import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemoryFhirServer, startMemoryServer } from '../record/memory-fhir-server.js';
import { POSTGRES_ABSENT, type PostgresServer, startPostgres } from '../store/postgres-server.js';
import { type BuiltService, buildService, type ServiceProcess } from './built-service.js';
import { createEhr, type Ehr, eventually, get, post, trusting } from './ehr.js';
import {
  accepted,
  assessmentIn,
  type Cards,
  checkStack,
  FEEDBACK,
  fetchingCall,
  PATIENT,
  SERVICE,
} from './stack-checks.js';
import { fullCall, resourcesOf } from './synthetic-call.js';

/** Without PostgreSQL on this machine there is nothing to run two instances on. */
const title = POSTGRES_ABSENT ?? 'two instances on one PostgreSQL, with a FHIR server';

describe.skipIf(POSTGRES_ABSENT !== undefined)(title, { timeout: 120_000 }, () => {
  let built: BuiltService;
  let fhir: MemoryFhirServer;
  let database: PostgresServer;
  let env: Readonly<Record<string, string>>;
  let instances: readonly [ServiceProcess, ServiceProcess];
  let rsa: Ehr;
  let ec: Ehr;

  beforeAll(async () => {
    [built, fhir, database] = await Promise.all([buildService(), startMemoryServer(), startPostgres()]);
    for (const resource of resourcesOf(PATIENT)) {
      if (resource['status'] !== 'draft') await fhir.put(resource);
    }
    rsa = await createEhr('hospital-rsa', 'RS384', fhir.base);
    ec = await createEhr('hospital-ec', 'ES384', fhir.base);
    env = {
      ...trusting(built.folder('settings'), rsa, ec),
      DATABASE_URL: await database.createDatabase(),
      // A slow machine must not make a fetch fail.
      FETCH_DEADLINE_MS: '30000',
      FETCH_TIMEOUT_MS: '20000',
    };
    instances = await Promise.all([built.start(env), built.start(env)]);
  }, 240_000);
  afterAll(async () => {
    await built.remove();
    await Promise.all([fhir.close(), database.remove()]);
  }, 60_000);

  const card = async (ehr: Ehr): Promise<string> => {
    const answer = await ehr.post(instances[0].url, SERVICE, fullCall('imsr-indication', PATIENT));
    expect(answer.status, answer.text).toBe(200);
    return (answer.body as Cards).cards[0]!.uuid;
  };

  checkStack(() => ({
    ask: (instance, endpoint, body) => rsa.post(instances[instance].url, endpoint, body),
    get: (instance, endpoint) => get(instances[instance].url + endpoint),
    fhirServer: fhir.base,
  }));

  it('[row 136] an ES384 and an RS384 client get the same verdicts', async () => {
    const answers = await Promise.all(
      [rsa, ec].map((ehr) => ehr.post(instances[1].url, SERVICE, fetchingCall(fhir.base))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(assessmentIn(answers[1]!)).toEqual(assessmentIn(answers[0]!));
  });

  it('[row 141] a token that one instance has seen is refused by the other', async () => {
    const token = await ec.token(SERVICE);
    const call = fullCall('imsr-indication', PATIENT);
    expect((await post(instances[0].url + SERVICE, call, token)).status).toBe(200);
    expect((await post(instances[1].url + SERVICE, call, token)).status).toBe(401);
  });

  it('[row 139] a token for one endpoint is refused by the other', async () => {
    const token = await ec.token(FEEDBACK);
    expect((await post(instances[0].url + SERVICE, fullCall('imsr-indication', PATIENT), token)).status).toBe(401);
  });

  it('[row 144] feedback on another client’s card is refused, as on one that nobody got', async () => {
    const uuid = await card(rsa);
    expect((await ec.post(instances[1].url, FEEDBACK, { feedback: [accepted(uuid)] })).status).toBe(404);
    expect((await rsa.post(instances[1].url, FEEDBACK, { feedback: [accepted(uuid)] })).status).toBe(200);
  });

  it('[row 165] why a card said what it said is found afterwards, without clinical values', async () => {
    const uuid = await card(ec);
    // The receipt is written behind the answer.
    await eventually(async () => (await built.run(['receipt', uuid], env)).code === 0);
    const { out } = await built.run(['receipt', uuid, '--json'], env);
    expect(JSON.parse(out)).toMatchObject({ cardUuid: uuid, clientId: 'hospital-ec', service: 'imsr-indication' });
    expect(out).toContain(`Condition/${PATIENT}-pain`);
    expect(out).not.toMatch(/Test-Amber|1981-05-20|278860009/);
  });

  it('while PostgreSQL is down cards flow, feedback is 503 with Retry-After and nobody is ready; then all is well again', async () => {
    const uuid = await card(rsa);
    expect((await rsa.post(instances[0].url, FEEDBACK, { feedback: [accepted(uuid)] })).status).toBe(200);
    await database.stop('immediate');
    await eventually(async () => (await get(`${instances[0].url}/health/ready`)).status === 503);
    expect((await get(`${instances[0].url}/health/live`)).status).toBe(200);
    const unkept = await card(rsa);
    const refused = await rsa.post(instances[1].url, FEEDBACK, { feedback: [accepted(uuid)] });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body).toMatchObject({ resourceType: 'OperationOutcome' });

    await database.start();
    await eventually(async () => (await get(`${instances[0].url}/health/ready`)).status === 200);
    // The receipt of the card that was given meanwhile had waited.
    await eventually(async () => {
      const { status } = await rsa.post(instances[0].url, FEEDBACK, { feedback: [accepted(unkept)] });
      return status === 200;
    });
    expect((await rsa.post(instances[1].url, FEEDBACK, { feedback: [accepted(unkept)] })).status).toBe(200);
  });
});
